import type { Evaluator } from '../objective/evaluator.js';
import { combineInto, requireParameters } from '../objective/parameter-vectors.js';
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
 *     theta(alpha) = (1 - alpha) from + alpha to,   in float64, rounded once; alpha = 0 and 1 give the ends bit for bit
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

/** The largest rise above the straight line between two losses, and where it is. */
export interface Barrier {
  readonly height: number;
  readonly alpha: number;
}

/**
 * Loss barrier between two networks: 0 where the loss never rises above the line between its ends, as it does not
 * between linearly connected networks.
 *
 *     height = max_{alpha in [0, 1]} [ L(alpha) - ((1 - alpha) L(0) + alpha L(1)) ]   over the alphas evaluated
 *
 * Shapes: alphas and losses [n]. Range: [0, Infinity]. Reference: Frankle, Dziugaite, Roy & Carbin 2020 (Linear mode
 * connectivity).
 * @throws RangeError if the lengths differ, the alphas lack 0 or 1, or a loss of [0, 1] is NaN
 */
export function lossBarrier(alphas: readonly number[], losses: readonly number[]): Barrier {
  requireAscending(alphas, 'alphas');
  const [first, last] = [losses[alphas.indexOf(0)], losses[alphas.indexOf(1)]];
  if (alphas.length !== losses.length || first === undefined || last === undefined) {
    throw new RangeError(
      `lossBarrier: expected as many losses as alphas, 0 and 1 among them, ` +
        `got ${losses.length} losses for alphas ${alphas.join(', ')}`,
    );
  }
  let barrier: Barrier = { height: 0, alpha: 0 };
  alphas.forEach((alpha, i) => {
    if (alpha < 0 || alpha > 1) return;
    const loss = losses[i]!;
    if (Number.isNaN(loss)) throw new RangeError(`lossBarrier: expected a loss, got NaN at alpha = ${alpha}`);
    const height = loss - ((1 - alpha) * first + alpha * last);
    if (height > barrier.height) barrier = { height, alpha };
  });
  return barrier;
}
