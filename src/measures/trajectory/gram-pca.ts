import { symmetricEigen } from '../numerics/symmetric-eigen.js';
import type { Gram } from './gram-matrix.js';

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
  return {
    components,
    ...scoresOf(eigen.vectors!, singularValues, components),
    explainedVarianceRatio: squares.map((square) => square / total),
    distances: Float64Array.from({ length: count }, (_, t) => Math.sqrt(Math.max(0, values[t * count + t]!))),
    singularValues,
  };
}

/** Coordinates on the first components, and what the others leave. Shapes: vectors [t][t], ascending; scores [t][k]. */
function scoresOf(vectors: Float64Array, singularValues: Float64Array, components: number) {
  const count = singularValues.length;
  const scores = new Float64Array(count * components);
  const residuals = new Float64Array(count);
  for (let c = 0; c < count; c++) {
    const row = (count - 1 - c) * count;
    const vector = vectors.subarray(row, row + count);
    const scale = singularValues[c]! * signOfLargest(vector);
    for (let t = 0; t < count; t++) {
      const score = scale * vector[t]!;
      if (c < components) scores[t * components + c] = score;
      else residuals[t]! += score * score;
    }
  }
  return { scores, residuals: residuals.map(Math.sqrt) };
}

function signOfLargest(vector: Float64Array): number {
  let largest = 0;
  // Equal but for rounding counts as equal: two snapshots are as far from their mean.
  for (const value of vector) if (Math.abs(value) > (1 + 1e-9) * Math.abs(largest)) largest = value;
  return largest < 0 ? -1 : 1;
}
