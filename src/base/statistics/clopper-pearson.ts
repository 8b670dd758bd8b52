import { binomialTails } from './binomial.js';
import { bisect } from './bisect.js';
import { type Interval, requireCounts, requireLevel } from './sample.js';

/**
 * Exact interval of a rate: the probabilities that neither tail of the binomial distribution refuses. Covers at least
 * what it promises, at the price of width.
 *
 *     P(X >= k | low) = P(X <= k | high) = (1 - confidence) / 2,   low = 0 at k = 0, high = 1 at k = n
 *
 * Range: [0, 1]. Cost: about 100 n divisions. Reference: Clopper & Pearson 1934, Biometrika 26(4).
 * @throws RangeError if the counts are not whole numbers with 0 <= successes <= trials, or the confidence is not
 * between 0 and 1
 */
export function clopperPearsonInterval(successes: number, trials: number, confidence = 0.95): Interval {
  requireCounts(successes, trials, 'clopperPearsonInterval');
  requireLevel(confidence, 'clopperPearsonInterval');
  const outside = (1 - confidence) / 2;
  const low = successes === 0 ? 0 : bisect((p) => binomialTails(successes, trials, p).upper - outside, 0, 1);
  const high = successes === trials ? 1 : bisect((p) => outside - binomialTails(successes, trials, p).lower, 0, 1);
  return { estimate: successes / trials, low, high };
}
