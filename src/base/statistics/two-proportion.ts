import { normalUpperTail } from './normal.js';
import { requireCounts } from './sample.js';

/**
 * Two-sided test that two independent rates are equal, with the pooled rate r.
 *
 *     z = (r1 - r2) / sqrt(r (1 - r) (1 / n1 + 1 / n2)),   pValue = 2 P(Z > |z|);   z = 0 where all trials went one way
 *
 * For two networks on one test set it leaves out that the images are the same; McNemar's test does not.
 * @throws RangeError if the counts are not whole numbers with 0 <= successes <= trials
 */
export function twoProportionTest(
  first: { readonly successes: number; readonly trials: number },
  second: { readonly successes: number; readonly trials: number },
): { readonly z: number; readonly pValue: number } {
  requireCounts(first.successes, first.trials, 'twoProportionTest');
  requireCounts(second.successes, second.trials, 'twoProportionTest');
  const pooled = (first.successes + second.successes) / (first.trials + second.trials);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / first.trials + 1 / second.trials));
  const difference = first.successes / first.trials - second.successes / second.trials;
  const z = error === 0 ? 0 : difference / error;
  return { z, pValue: 2 * normalUpperTail(Math.abs(z)) };
}
