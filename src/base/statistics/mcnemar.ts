import { binomialTest } from './binomial.js';
import { requireCounts } from './sample.js';

/**
 * Exact two-sided test that two classifiers are equally often right, from the samples on which just one of them is.
 *
 *     onlyFirst ~ Binomial(onlyFirst + onlySecond, 1/2);   1 where they never disagree
 *
 * Range: (0, 1]. Reference: McNemar 1947, Psychometrika 12(2); Dietterich 1998.
 * @throws RangeError if a count is not a whole number from 0
 */
export function mcnemarTest(onlyFirst: number, onlySecond: number): number {
  const disagreements = onlyFirst + onlySecond;
  if (disagreements === 0) return 1;
  requireCounts(onlyFirst, disagreements, 'mcnemarTest');
  return binomialTest(onlyFirst, disagreements, 0.5);
}
