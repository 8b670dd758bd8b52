import { symmetricEigen } from '../curvature/symmetric-eigen.js';
import { addRowProducts, forEachBlock, type SnapshotCenter } from './gram-pca-blocks.js';
import type { Range, Snapshots } from './snapshots.js';

/** Which parameters are looked at, relative to what. */
export interface GramOptions {
  /** Default: all parameters. */
  readonly columns?: readonly Range[];
  /** Default: their mean. */
  readonly center?: SnapshotCenter;
  /** Called now and then with the share of the columns done, in (0, 1]. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Inner products of centred snapshots: all that PCA, distances and path lengths need of them.
 * Shapes: values [count][count].
 */
export interface Gram {
  readonly count: number;
  readonly values: Float64Array;
}

/**
 * Gram matrix of snapshots, in blocks of columns.
 *
 *     G = X X',   X_t = theta_t - mean (or theta_t - theta_last)
 *
 * Shapes: snapshots [t][P], result [t][t]. Cost: t^2 P / 2 multiplications in float64, 360 snapshots of 417,500
 * parameters in about 10 s; memory: 512 columns of float64 and the result, 3 MB there.
 * @throws UserError if a range is not inside the parameters, or a snapshot holds a number that is not finite
 */
export function gramMatrix(snapshots: Snapshots, options: GramOptions = {}): Gram {
  const { count, parameterCount } = snapshots;
  const { columns = [{ start: 0, end: parameterCount }], center = 'mean', onProgress } = options;
  const total = columns.reduce((sum, { start, end }) => sum + end - start, 0);
  let stride = 0;
  let sums = new Float64Array(0);
  let done = 0;
  forEachBlock(snapshots, columns, center, (block) => {
    if (stride === 0) {
      stride = block.rows.length / block.width;
      sums = new Float64Array(stride * stride);
    }
    addRowProducts(block, sums);
    done += block.width;
    onProgress?.(done / total);
  });
  const values = Float64Array.from({ length: count * count }, (_, at) => {
    const [i, j] = [Math.floor(at / count), at % count];
    return sums[Math.max(i, j) * stride + Math.min(i, j)]!;
  });
  return { count, values };
}

/** Principal components of a trajectory as seen by its snapshots. */
export interface GramPca {
  /** Number of components, k. */
  readonly components: number;
  /** Coordinates on the first k components. Shapes: [t][k] */
  readonly scores: Float64Array;
  /** Share of the summed squares about the center, of every component. Shapes: [t], descending, sum 1 */
  readonly explainedVarianceRatio: Float64Array;
  /** Distance of each snapshot from the plane (the span of the first k components through the center). Shapes: [t] */
  readonly residuals: Float64Array;
  /** Distance of each snapshot from the center. Shapes: [t] */
  readonly distances: Float64Array;
  /** Singular values of the centred snapshots, descending. Shapes: [t] */
  readonly singularValues: Float64Array;
}

/**
 * PCA (centred, unscaled) from the eigenvectors of the Gram matrix, G = U diag(s^2) U'.
 *
 *     scores = U_k diag(s_k),   explainedVarianceRatio_c = s_c^2 / sum s^2,
 *     residual_t = sqrt(sum_{c >= k} s_c^2 U_tc^2)
 *
 * Each component points where the snapshot farthest along it is positive (the first, if two are): scikit-learn's
 * `svd_flip` by U, its PCA up to version 1.4. Squaring costs half the digits: what lies below 1e-8 of the largest
 * singular value is rounding.
 * Shapes: Gram [t][t], 1 <= k <= t. Cost: some 9 t^3 operations. Reference: Li et al. 2018, section 7 (`center:
 * 'last'`).
 * @throws RangeError if k is not from 1 to t, or there are fewer than k directions in which the snapshots differ
 */
export function gramPca({ count, values }: Gram, components: number): GramPca {
  if (!Number.isSafeInteger(components) || components < 1 || components > count) {
    throw new RangeError(`gramPca: expected 1 to ${count} components of ${count} snapshots, got ${components}`);
  }
  const eigen = symmetricEigen(values, count, { vectors: true });
  const squares = eigen.values.toReversed().map((square) => Math.max(0, square));
  const total = squares.reduce((sum, square) => sum + square, 0);
  if (!(squares[components - 1]! > count * 2 ** -52 * squares[0]!)) {
    throw new RangeError(
      `gramPca: expected snapshots that differ in ${components} directions, got fewer; ask for less`,
    );
  }
  const singularValues = squares.map(Math.sqrt);
  const scores = new Float64Array(count * components);
  const residuals = new Float64Array(count);
  for (let c = 0; c < count; c++) {
    const row = (count - 1 - c) * count;
    const vector = eigen.vectors!.subarray(row, row + count);
    const scale = singularValues[c]! * signOfLargest(vector);
    for (let t = 0; t < count; t++) {
      const score = scale * vector[t]!;
      if (c < components) scores[t * components + c] = score;
      else residuals[t]! += score * score;
    }
  }
  return {
    components,
    scores,
    explainedVarianceRatio: squares.map((square) => square / total),
    residuals: residuals.map(Math.sqrt),
    distances: Float64Array.from({ length: count }, (_, t) => Math.sqrt(Math.max(0, values[t * count + t]!))),
    singularValues,
  };
}

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

function signOfLargest(vector: Float64Array): number {
  let largest = 0;
  // Equal but for rounding counts as equal: two snapshots are as far from their mean.
  for (const value of vector) if (Math.abs(value) > (1 + 1e-9) * Math.abs(largest)) largest = value;
  return largest < 0 ? -1 : 1;
}
