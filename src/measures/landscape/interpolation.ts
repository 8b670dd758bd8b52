import { combineInto, requireParameters } from '../numerics/parameter-vectors.js';
import type { Evaluator } from '../objective/evaluator.js';
import { requireAscending } from './grid.js';

/** Two trained networks and where between, and beyond, them to look. Shapes: from and to [P]. */
export interface InterpolationPath {
  readonly from: Float32Array;
  readonly to: Float32Array;
  /** Ascending; 0 (`from`) and 1 (`to`) are added where they are missing. */
  readonly alphas: readonly number[];
}

/** What was found at one point of the path. */
export interface InterpolationPoint<T> {
  readonly alpha: number;
  readonly value: T;
}

/**
 * Evaluates the straight line through two points of parameter space, as it is: nothing is trained after interpolation.
 *
 *     theta(alpha) = (1 - alpha) from + alpha to,   in float64, rounded once; alpha = 0 and 1 are the ends bit for bit
 *
 * Cost: one evaluation for each of `interpolationAlphas(alphas)`. Reference: Goodfellow, Vinyals & Saxe 2015; Keskar et
 * al. 2017 (alpha in [-1, 2]).
 * @throws UserError if the ends differ in length or hold a number that is not finite, or the alphas are not ascending
 * and finite
 */
export function interpolate<T>(
  { from, to, alphas }: InterpolationPath,
  evaluate: Evaluator<T>,
): InterpolationPoint<T>[] {
  requireParameters('interpolation, first network', from, from.length);
  requireParameters('interpolation, second network', to, from.length);
  const params = new Float32Array(from.length);
  return interpolationAlphas(alphas).map((alpha) => {
    combineInto(params, [1 - alpha, alpha], [from, to]);
    return { alpha, value: evaluate(params) };
  });
}

/**
 * The alphas with 0 and 1 put in their places where they are missing.
 *
 * @throws UserError if the alphas are not ascending and finite
 */
export function interpolationAlphas(alphas: readonly number[]): number[] {
  requireAscending(alphas, 'alphas');
  const missing = [0, 1].filter((end) => !alphas.includes(end));
  return [...alphas, ...missing].sort((a, b) => a - b);
}
