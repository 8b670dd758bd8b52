import { forEachBlock } from './column-blocks.js';
import type { GramOptions } from './gram-matrix.js';
import type { GramPca } from './gram-pca.js';
import type { Snapshots } from './snapshots.js';

/** The center and the unit vectors of a plane in the space of all parameters: what `planeSlice` takes. */
export interface PrincipalPlane {
  /** The snapshots' mean (or the last of them), parameters that were left out of the PCA included. Shapes: [P] */
  readonly center: Float64Array;
  /** 0 in parameters that were left out. Shapes: k times [P] */
  readonly directions: readonly Float64Array[];
}

/**
 * Principal components as directions of parameter space, in a second pass over the snapshots.
 *
 *     direction_c = X' scores_c / s_c^2;   theta_t is nearest to center + sum_c scores_tc direction_c
 *
 * Shapes: snapshots [t][P]; pca of the same snapshots with the same `columns` and `center`. Cost: t k P
 * multiplications; memory: k + 1 vectors of [P] in float64.
 */
export function principalPlane(snapshots: Snapshots, pca: GramPca, options: GramOptions = {}): PrincipalPlane {
  const { parameterCount, count } = snapshots;
  const everything = [{ start: 0, end: parameterCount }];
  const { columns = everything, center: centering = 'mean' } = options;
  const center = new Float64Array(parameterCount);
  forEachBlock(snapshots, everything, centering, (block) => center.set(block.center, block.start));
  const directions = Array.from({ length: pca.components }, () => new Float64Array(parameterCount));
  forEachBlock(snapshots, columns, centering, ({ start, width, rows }) => {
    directions.forEach((direction, c) => {
      const part = direction.subarray(start, start + width);
      const square = pca.singularValues[c]! * pca.singularValues[c]!;
      for (let t = 0; t < count; t++) {
        const weight = pca.scores[t * pca.components + c]! / square;
        for (let k = 0; k < width; k++) part[k]! += weight * rows[t * width + k]!;
      }
    });
  });
  return { center, directions };
}
