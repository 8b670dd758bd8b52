import { medianSequence, type Range, rateSequence } from '../base/statistics/index.js';
import type { ClaimTest } from '../study/claim.js';

/**
 * The confidence sequence of what a test is about, from its units in their order: of the median, of the rate, or of
 * gamma = 2 p - 1 where p is the rate of concordant pairs. A unit of which not all is known counts against every
 * statement. `evidence` is 2/a.
 */
export function intervalOf(test: ClaimTest, units: readonly Range[], evidence: number): Range {
  if (test.kind === 'median' || test.kind === 'band') return medianSequence(units, evidence);
  const { low, high } = rateOf(units, evidence);
  return test.kind === 'rate' ? { low, high } : { low: 2 * low - 1, high: 2 * high - 1 };
}

function rateOf(units: readonly Range[], evidence: number): Range {
  if (units.length === 0) return { low: 0, high: 1 };
  const surely = units.filter(({ low }) => low >= 1).length;
  const perhaps = units.filter(({ high }) => high > 0).length;
  return {
    low: rateSequence(surely, units.length, evidence).low,
    high: rateSequence(perhaps, units.length, evidence).high,
  };
}

/** What a test is about as its units have it: their median, rate or gamma; undefined without units. */
export function estimateOf(test: ClaimTest, units: readonly Range[]): Range | undefined {
  if (units.length === 0) return undefined;
  if (test.kind === 'median' || test.kind === 'band') return { low: middle(units, 'low'), high: middle(units, 'high') };
  const share = (end: 'low' | 'high'): number => units.filter((unit) => unit[end] >= 1).length / units.length;
  const { low, high } = { low: share('low'), high: share('high') };
  return test.kind === 'rate' ? { low, high } : { low: 2 * low - 1, high: 2 * high - 1 };
}

/** The median of one end of the units, infinite where the middle ones are. */
function middle(units: readonly Range[], end: 'low' | 'high'): number {
  const sorted = units.map((unit) => unit[end]).sort((a, b) => a - b);
  const [a, b] = [sorted[Math.ceil(sorted.length / 2) - 1]!, sorted[Math.floor(sorted.length / 2)]!];
  return a === b ? a : (a + b) / 2;
}
