import { requireCounts, requireProbability } from './sample.js';

/** The side on which an outcome speaks against the null hypothesis. */
export type Alternative = 'twoSided' | 'greater' | 'less';

/**
 * Probabilities of 0 ... n successes in n trials of probability p.
 *
 *     P(k) = C(n, k) p^k (1 - p)^(n - k)
 *
 * Built outward from the most likely count by P(k + 1) / P(k) = (n - k) / (k + 1) * p / (1 - p) and then divided by
 * their sum, which needs no logarithm.
 * Shapes: result [n + 1]. Relative error about n * 2^-52; below 1e-308 of the largest they are 0. Cost: n divisions.
 * @throws RangeError if n is not a whole number from 1, or p not in [0, 1]
 */
export function binomialProbabilities(n: number, p: number): Float64Array {
  requireCounts(0, n, 'binomialProbabilities');
  requireProbability(p, 'binomialProbabilities');
  const weights = new Float64Array(n + 1);
  const mode = Math.min(n, Math.floor((n + 1) * p));
  weights[mode] = 1;
  const odds = p / (1 - p);
  for (let k = mode; k < n; k++) weights[k + 1] = (weights[k]! * (n - k) * odds) / (k + 1);
  for (let k = mode; k > 0; k--) weights[k - 1] = (weights[k]! * k) / ((n - k + 1) * odds);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/**
 * P(X <= k) and P(X >= k) of k successes in n trials of probability p. Each is summed from its own end, so that small
 * tails keep their digits.
 *
 * @throws RangeError if the counts are not whole numbers with 0 <= k <= n, or p is not in [0, 1]
 */
export function binomialTails(k: number, n: number, p: number): { readonly lower: number; readonly upper: number } {
  requireCounts(k, n, 'binomialTails');
  const probabilities = binomialProbabilities(n, p);
  let lower = 0;
  let upper = 0;
  for (let i = 0; i <= k; i++) lower += probabilities[i]!;
  for (let i = n; i >= k; i--) upper += probabilities[i]!;
  return { lower: Math.min(1, lower), upper: Math.min(1, upper) };
}

/**
 * Exact p-value of k successes in n trials against probability p. Two-sided: all outcomes that are no more likely than
 * this one (as R and scipy have it).
 *
 * @throws RangeError if the counts are not whole numbers with 0 <= k <= n, or p is not in [0, 1]
 */
export function binomialTest(k: number, n: number, p: number, alternative: Alternative = 'twoSided'): number {
  const { lower, upper } = binomialTails(k, n, p);
  if (alternative === 'greater') return upper;
  if (alternative === 'less') return lower;
  const probabilities = binomialProbabilities(n, p);
  // The mirror image of an outcome is as likely in truth, and after rounding perhaps a little more.
  const bound = probabilities[k]! * (1 + 1e-7);
  return Math.min(
    1,
    probabilities.reduce((sum, probability) => (probability <= bound ? sum + probability : sum), 0),
  );
}
