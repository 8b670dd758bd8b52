import { requireFinite } from '../numerics/vectors.js';

/** How many eigenvalues are clearly positive, clearly negative, and neither, for one tolerance. */
export interface EigenvalueSigns {
  readonly nPositive: number;
  readonly nZero: number;
  readonly nNegative: number;
  /** nPositive / P. Range: [0, 1]. */
  readonly minimalRatio: number;
  /** As a share of max |lambda|, and absolute. */
  readonly relativeTolerance: number;
  readonly tolerance: number;
}

/**
 * Signs of a Hessian's eigenvalues, and the minimal ratio: 1 at a non-degenerate minimum, lower as directions turn flat
 * or downhill.
 *
 *     minimalRatio = #{ i : lambda_i > tau } / P,   tau = relativeTolerance * max_j |lambda_j|
 *
 * The default relative tolerance is P * 2^-52, the error of a dense eigensolver in float64. It is the smallest that
 * means anything: where the gradient g is not exactly 0, an eigenvalue that a symmetry forces to 0 is off by some |g| /
 * |params|, so look at `toleranceSweep` too.
 * Shapes: eigenvalues [P], any order. Reference: Dauphin et al. 2014 (index of a critical point).
 * @throws RangeError if the list is empty or not finite (a diverged run must not look flat), or the tolerance is not in
 * [0, 1)
 */
export function eigenvalueSigns(
  eigenvalues: Float64Array,
  relativeTolerance: number = eigenvalues.length * 2 ** -52,
): EigenvalueSigns {
  if (eigenvalues.length === 0) throw new RangeError('eigenvalueSigns: expected at least one eigenvalue, got none');
  requireFinite('eigenvalueSigns', eigenvalues);
  if (!(relativeTolerance >= 0 && relativeTolerance < 1)) {
    throw new RangeError(`eigenvalueSigns: expected a relative tolerance in [0, 1), got ${relativeTolerance}`);
  }
  const largest = eigenvalues.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const tolerance = relativeTolerance * largest;
  const nPositive = eigenvalues.filter((value) => value > tolerance).length;
  const nNegative = eigenvalues.filter((value) => value < -tolerance).length;
  const nZero = eigenvalues.length - nPositive - nNegative;
  return { nPositive, nZero, nNegative, minimalRatio: nPositive / eigenvalues.length, relativeTolerance, tolerance };
}

/**
 * The signs for several tolerances: where the counts do not move over decades they can be trusted.
 *
 * Shapes: eigenvalues [P], result one for each tolerance. Default: 0, P * 2^-52, and 1e-12 to 1e-3 by factors of 10.
 * @throws RangeError as eigenvalueSigns does
 */
export function toleranceSweep(
  eigenvalues: Float64Array,
  relativeTolerances: readonly number[] = [
    0,
    eigenvalues.length * 2 ** -52,
    ...[1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3],
  ],
): readonly EigenvalueSigns[] {
  return relativeTolerances.map((tolerance) => eigenvalueSigns(eigenvalues, tolerance));
}
