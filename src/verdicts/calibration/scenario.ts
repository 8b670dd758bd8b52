import type { Mt19937 } from '../../base/mt19937.js';
import type { Range } from '../../base/statistics/index.js';
import type { Decision } from '../outcome.js';

/** Units of a study, in the order in which they count. Shapes: both [units]; NaN for a pair that ties. */
export interface Units {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * What an interval is of: the median of values, the rate of ones among zeros, or gamma of pairs, each 1 where it is
 * concordant and -1 where not.
 */
export type Parameter = 'median' | 'rate' | 'gamma';

/** A study whose truth is known. */
export interface Scenario {
  readonly name: string;
  readonly parameter: Parameter;
  /** All medians of what the units are drawn from, or its rate or gamma. */
  readonly truth: Range;
  draw(rng: Mt19937, units: number): Units;
}

/** A claim of more than a margin, `noEffect` at most that; or of a place in a band. */
export type Claimed = { readonly margin: number; readonly noEffect: number } | { readonly band: Range };

/** What a page would say: an outcome, and of one that falls short whether it is real all the same. */
export interface Verdict {
  readonly outcome: Decision;
  readonly real: boolean;
}

/** A value as the only one of its kind. */
export const exactly = (x: number): Range => ({ low: x, high: x });

/**
 * Whether a verdict's sentence is true of the truth. At a margin every decision is false; open never is.
 *
 *     stands: t > m        falls: t < z        falls short: t < m, and t > z where it says real
 */
export function isTrue({ outcome, real }: Verdict, truth: Range, claimed: Claimed): boolean {
  if (outcome === 'open') return true;
  if ('band' in claimed) {
    const { low, high } = claimed.band;
    if (outcome === 'stands') return truth.low > low && truth.high < high;
    return truth.high < low || truth.low > high;
  }
  if (outcome === 'stands') return truth.low > claimed.margin;
  if (outcome === 'falls') return truth.high < claimed.noEffect;
  return truth.high < claimed.margin && (!real || truth.low > claimed.noEffect);
}
