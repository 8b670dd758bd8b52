import type { Rule, Thresholds } from './rules.js';
import type { Claimed, Parameter, Units, Verdict } from './scenario.js';

/** A value that an interval is held against, with the counts that reject it. */
export interface Bound {
  readonly value: number;
  readonly thresholds: Thresholds;
}

/** Where an interval lies to a bound at each look: 1 wholly above, -1 wholly below, 0 holds it. Shapes: [units] */
export type Sides = Int8Array;

/** The bound of a value under a rule, for studies of so many units. */
export const boundAt = (value: number, parameter: Parameter, units: number, rule: Rule): Bound => ({
  value,
  thresholds: rule.thresholds(parameter, value, units),
});

/**
 * Where the interval lies to a bound after each unit, by counting alone: its lower end is above the bound as soon as
 * enough units are. Pairs that tie are passed over.
 * Shapes: units [n], result [n].
 */
export function sidesOf({ low, high }: Units, { value, thresholds }: Bound, countTies: boolean): Sides {
  const sides = new Int8Array(low.length);
  let [n, above, below] = [0, 0, 0];
  for (let i = 0; i < low.length; i++) {
    const [lower, upper] = [low[i]!, high[i]!];
    if (!Number.isNaN(lower)) n++;
    if (lower > value || (countTies && lower === value)) above++;
    if (upper < value || (countTies && upper === value)) below++;
    if (above >= thresholds.above[n]!) sides[i] = 1;
    else if (below >= thresholds.below[n]!) sides[i] = -1;
  }
  return sides;
}

/** Sides to both bounds of a claim: to margin and no effect, or to the lower and the upper edge of a band. */
export interface ClaimSides {
  readonly claimed: Claimed;
  readonly first: Sides;
  readonly second: Sides;
}

/** The two values that a claim is held against, in the order of `ClaimSides`. */
export const boundsOf = (claimed: Claimed): readonly [number, number] =>
  'band' in claimed ? [claimed.band.low, claimed.band.high] : [claimed.margin, claimed.noEffect];

const verdicts = {
  stands: { outcome: 'stands', real: false },
  falls: { outcome: 'falls', real: false },
  open: { outcome: 'open', real: false },
  short: { outcome: 'fallsShort', real: false },
  realButShort: { outcome: 'fallsShort', real: true },
} as const satisfies Readonly<Record<string, Verdict>>;

/** The verdict at a look, as `outcomeOf` and `outcomeInBand` read it off the interval. */
export function verdictAt({ claimed, first, second }: ClaimSides, look: number): Verdict {
  const [one, other] = [first[look]!, second[look]!];
  if ('band' in claimed) {
    if (one > 0 && other < 0) return verdicts.stands;
    return one < 0 || other > 0 ? verdicts.falls : verdicts.open;
  }
  if (one > 0) return verdicts.stands;
  if (other < 0) return verdicts.falls;
  if (one === 0) return verdicts.open;
  return other > 0 ? verdicts.realButShort : verdicts.short;
}
