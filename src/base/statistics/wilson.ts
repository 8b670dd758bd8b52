import { normalQuantile } from './normal.js';
import { type Interval, requireCounts, requireLevel } from './sample.js';

/**
 * Score interval of a rate, good from few trials on and never outside [0, 1].
 *
 *     (r + z^2 / 2n +- z sqrt(r (1 - r) / n + z^2 / 4n^2)) / (1 + z^2 / n),   r = successes / trials, n = trials
 *
 * Range: [0, 1]. Reference: Wilson 1927, JASA 22; without continuity correction.
 * @throws RangeError if the counts are not whole numbers with 0 <= successes <= trials, or the confidence is not
 * between 0 and 1
 */
export function wilsonInterval(successes: number, trials: number, confidence = 0.95): Interval {
  requireCounts(successes, trials, 'wilsonInterval');
  requireLevel(confidence, 'wilsonInterval');
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const rate = successes / trials;
  const share = (z * z) / trials;
  const middle = rate + share / 2;
  const half = z * Math.sqrt((rate * (1 - rate)) / trials + share / (4 * trials));
  return {
    estimate: rate,
    low: successes === 0 ? 0 : (middle - half) / (1 + share),
    high: successes === trials ? 1 : (middle + half) / (1 + share),
  };
}
