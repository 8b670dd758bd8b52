import type { Interval } from './sample.js';
import { wilsonInterval } from './wilson.js';

/**
 * Interval of the difference of two independent rates, from the Wilson interval of each: the square-and-add method.
 *
 *     low = d - sqrt((r1 - l1)^2 + (u2 - r2)^2),   high = d + sqrt((u1 - r1)^2 + (r2 - l2)^2),   d = r1 - r2
 *
 * Where pairs share a seed and tend to succeed together it is wider than it need be. Range: [-1, 1]. Reference:
 * Newcombe 1998, Statistics in Medicine 17, method 10.
 * @throws RangeError if the counts are not whole numbers with 0 <= successes <= trials, or the confidence is not
 * between 0 and 1
 */
export function newcombeInterval(
  first: { readonly successes: number; readonly trials: number },
  second: { readonly successes: number; readonly trials: number },
  confidence = 0.95,
): Interval {
  const a = wilsonInterval(first.successes, first.trials, confidence);
  const b = wilsonInterval(second.successes, second.trials, confidence);
  const length = (x: number, y: number) => Math.sqrt(x * x + y * y);
  const estimate = a.estimate - b.estimate;
  return {
    estimate,
    low: estimate - length(a.estimate - a.low, b.high - b.estimate),
    high: estimate + length(a.high - a.estimate, b.estimate - b.low),
  };
}
