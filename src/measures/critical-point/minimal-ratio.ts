import { namedStream } from '../../base/streams.js';
import type { Objective } from '../objective/objective.js';
import {
  along,
  normalVector,
  requireCount,
  requireFinite,
  requireLength,
  requirePositive,
} from '../objective/vectors.js';

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
 * Default: 0, P * 2^-52, and 1e-12 to 1e-3 by factors of 10.
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

/** Outcomes of random steps away from a point. */
export interface SampledMinimalRatio {
  /** Share of draws with a larger loss. Range: [0, 1]. */
  readonly ratio: number;
  /** Binomial standard error of the share. */
  readonly standardError: number;
  readonly nHigher: number;
  readonly nEqual: number;
  readonly nLower: number;
}

export interface SamplingOptions {
  /**
   * Standard deviation of each parameter's step. Default 1e-3: small enough for the curvature to decide, at a gradient
   * near 0.
   */
  readonly sigma?: number;
  /** Default 1,000, which is also the least. */
  readonly draws?: number;
  /** Of the stream `measures/minimal-ratio`. Default 1. */
  readonly seed?: number;
}

/**
 * The sampled minimal ratio: how often a small isotropic random step raises the loss.
 *
 *     Pr[ L(params + e) > L(params) ],   e ~ N(0, sigma^2 I)
 *
 * It is not the share of positive eigenvalues: at a saddle it is the odds that the sum of lambda_i e_i^2 is positive.
 * Shapes: params [P]. Cost: draws + 1 losses.
 * @throws RangeError if there are fewer than 1,000 draws, sigma is not positive, or the loss is not finite
 */
export function sampledMinimalRatio(
  objective: Objective,
  params: Float64Array,
  { sigma = 1e-3, draws = 1000, seed = 1 }: SamplingOptions = {},
): SampledMinimalRatio {
  requireLength('sampledMinimalRatio: params', params, objective.parameterCount);
  requirePositive('sampledMinimalRatio: sigma', sigma);
  requireCount('sampledMinimalRatio: draws', draws, 1000);
  const rng = namedStream('measures/minimal-ratio', seed);
  const [here] = requireFinite('sampledMinimalRatio: loss', Float64Array.of(objective.loss(params)));
  let [nHigher, nLower] = [0, 0];
  for (let i = 0; i < draws; i++) {
    const there = objective.loss(along(params, sigma, normalVector(rng, params.length)));
    if (Number.isNaN(there)) throw new RangeError(`sampledMinimalRatio: loss of draw ${i} is NaN; use a smaller sigma`);
    if (there > here!) nHigher++;
    else if (there < here!) nLower++;
  }
  const ratio = nHigher / draws;
  return {
    ratio,
    standardError: Math.sqrt((ratio * (1 - ratio)) / draws),
    nHigher,
    nEqual: draws - nHigher - nLower,
    nLower,
  };
}
