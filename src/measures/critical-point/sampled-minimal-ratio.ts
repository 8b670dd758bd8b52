import { normalVector } from '../../base/normal-vector.js';
import { namedStream } from '../../base/streams.js';
import { along, requireCount, requireFinite, requireLength, requirePositive } from '../numerics/vectors.js';
import type { Objective } from '../objective/objective.js';

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

/** How steps are drawn. */
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
