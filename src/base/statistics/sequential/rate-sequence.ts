import { bisect } from '../bisect.js';
import { requireCounts } from '../sample.js';
import type { Range } from './median-sequence.js';

/**
 * The evidence of k ones in n units that their rate is above r: a test supermartingale from 1 for every rate of at
 * most r.
 *
 *     1/(1-r) * integral over p in (r, 1) of (p/r)^k ((1-p)/(1-r))^(n-k) dp
 *       = sum over j <= k of C(n+1, j) o^(j-k) / ((n+1) C(n, k)),   o = r / (1-r)
 *
 * All terms are positive, each is made from the one before by one product and one quotient.
 */
export function rateEvidence(ones: number, units: number, rate: number): number {
  const odds = rate / (1 - rate);
  let term = 1 / (units + 1 - ones);
  let sum = term;
  for (let j = ones; j > 0 && sum < Number.POSITIVE_INFINITY; j--) {
    term *= j / ((units + 2 - j) * odds);
    sum += term;
  }
  return sum;
}

/** The least rate that k ones of n do not reject. */
const leastRate = (ones: number, units: number, evidence: number): number =>
  ones === 0 ? 0 : bisect((rate) => evidence - rateEvidence(ones, units, rate), 0, 1);

/**
 * The confidence sequence of a rate: the closed interval that holds it at all n at once, with probability at least 1
 * - a.
 *
 * `evidence` is 2/a. Range: [0, 1]. Reference: Robbins 1970, Ann. Math. Stat. 41(5), with a uniform mixture over one
 * side.
 * @throws RangeError unless 0 <= ones <= units are whole numbers and there is a unit
 */
export function rateSequence(ones: number, units: number, evidence: number): Range {
  requireCounts(ones, units, 'rateSequence');
  return { low: leastRate(ones, units, evidence), high: 1 - leastRate(units - ones, units, evidence) };
}
