import type { Range } from '../base/statistics/index.js';
import type { Bound } from '../study/claim.js';

/** What the values of a claim come to. `fallsShort`: the effect, if there is one, is smaller than what counts. */
export type Decision = 'stands' | 'falls' | 'fallsShort' | 'open';

/**
 * What a claim comes to. `noTest`: it cannot be judged under the protocol; `notRun`: no confirmatory seed has run;
 * `withdrawn`: a version that another has taken the place of.
 */
export type Outcome = Decision | 'noTest' | 'notRun' | 'withdrawn';

/** The mirror image of a range in 0. */
const mirrored = ({ low, high }: Range): Range => ({ low: -high, high: -low });

/**
 * Reads the outcome of a claim off the interval [L, U] that holds the median or rate. For a claim of more, with m >= z:
 *
 *     stands: L > m        falls: U < z        falls short: U < m, not falls        open: none of these
 *
 * A claim of less is the mirror image.
 */
export function outcomeOf(range: Range, { direction, margin, noEffect }: Bound): Decision {
  if (direction === 'below') {
    return outcomeOf(mirrored(range), { direction: 'above', margin: -margin, noEffect: -noEffect });
  }
  if (range.low > margin) return 'stands';
  if (range.high < noEffect) return 'falls';
  return range.high < margin ? 'fallsShort' : 'open';
}

/** Whether what falls short is an effect all the same: the whole interval lies beyond no effect. */
export const isReal = ({ low, high }: Range, { direction, noEffect }: Bound): boolean =>
  direction === 'above' ? low > noEffect : high < noEffect;

/** The outcome of a claim that a median lies in a band: it stands inside, falls outside, else it is open. */
export function outcomeInBand({ low, high }: Range, band: Range): Decision {
  if (low > band.low && high < band.high) return 'stands';
  return high < band.low || low > band.high ? 'falls' : 'open';
}

/** A conjunction stands if all parts stand, falls if one falls, else falls short if one does, else is open. */
export function conjunction(parts: readonly Decision[]): Decision {
  if (parts.length > 0 && parts.every((part) => part === 'stands')) return 'stands';
  if (parts.includes('falls')) return 'falls';
  return parts.includes('fallsShort') ? 'fallsShort' : 'open';
}
