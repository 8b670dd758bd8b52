import { binomialTails } from '../binomial.js';
import { bisect } from '../bisect.js';
import { rateEvidence } from './rate-sequence.js';
import { signThreshold } from './sign-threshold.js';

/**
 * A quantile of the share of units beyond a bound, after k of n were beyond it: of the beta distribution (k + 1, n -
 * k + 1).
 */
export const shareQuantile = (beyond: number, units: number, q: number): number =>
  bisect((share) => binomialTails(beyond + 1, units + 1, share).upper - q, 0, 1);

/**
 * The least number of units at which a share of them beyond a bound decides: the least n with c(n, a) <= s n.
 * Undefined where that is above `most`: a share of one half or less never decides.
 */
export function unitsNeeded(share: number, evidence: number, most: number): number | undefined {
  if (share <= 0.5) return undefined;
  for (let n = 1; n <= most; n++) if (signThreshold(n, evidence) <= share * n) return n;
  return undefined;
}

/**
 * About the least number of units at which a share of ones decides that their rate is above a bound: an n whose
 * floor(s n) ones have the evidence, as those of n - 1 have not. Undefined where that is above `most`; a share of at
 * most the bound never decides.
 */
export function rateUnitsNeeded(share: number, bound: number, evidence: number, most: number): number | undefined {
  const decides = (n: number): boolean => rateEvidence(Math.floor(share * n), n, bound) >= evidence;
  if (share <= bound || !decides(most)) return undefined;
  let [out, inside] = [0, most];
  while (inside - out > 1) {
    const middle = Math.floor((out + inside) / 2);
    if (decides(middle)) inside = middle;
    else out = middle;
  }
  return inside;
}
