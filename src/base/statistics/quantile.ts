import { requireProbability, requireSample } from './sample.js';

/**
 * The q-quantile of values that are sorted already.
 *
 *     h = q (n - 1),   x_[h] + (h - [h]) (x_[h]+1 - x_[h])
 *
 * Shapes: sorted [n], ascending, n >= 1. Reference: Hyndman & Fan 1996, type 7, as R and numpy have it by default.
 */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number): number {
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const left = sorted[below]!;
  const right = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return left + (position - below) * (right - left);
}

/**
 * The q-quantile of values in any order; see `quantileOfSorted`.
 *
 * Shapes: values [n]. Range of q: [0, 1].
 * @throws RangeError if there is no value, one is not finite, or q is not in [0, 1]
 */
export function quantile(values: ArrayLike<number>, q: number): number {
  requireSample(values, 'quantile');
  requireProbability(q, 'quantile');
  return quantileOfSorted(Float64Array.from(values).sort(), q);
}

/**
 * The middle value, or the mean of the two in the middle.
 *
 * Shapes: values [n].
 * @throws RangeError if there is no value or one is not finite
 */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}
