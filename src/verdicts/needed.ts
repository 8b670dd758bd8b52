import { type Range, rateUnitsNeeded, shareQuantile, unitsNeeded } from '../base/statistics/index.js';
import type { ClaimTest } from '../study/claim.js';
import type { FromTo } from './verdict.js';

/** Further than this nobody looks: what takes more has no end that could be named. */
const most = 10_000;

/** A way to a decision: how many units speak for it now, and the least units at which a share of them decides. */
interface Way {
  readonly beyond: number;
  readonly needed: (share: number) => number | undefined;
}

const count = (units: readonly Range[], is: (unit: Range) => boolean): number => units.filter(is).length;

/** Ways to a decision on a median: most units above the margin, or most below; in a band: inside, or out of a side. */
function medianWays(test: Extract<ClaimTest, { kind: 'median' | 'band' }>, units: readonly Range[], evidence: number) {
  const needed = (share: number): number | undefined => unitsNeeded(share, evidence, most);
  const above = (q: number): Way => ({ beyond: count(units, ({ low }) => low > q), needed });
  const below = (q: number): Way => ({ beyond: count(units, ({ high }) => high < q), needed });
  if (test.kind === 'median') return [above(test.margin), below(test.margin)];
  const inside = [above(test.low), below(test.high)].reduce((a, b) => (a.beyond < b.beyond ? a : b));
  return [inside, below(test.low), above(test.high)];
}

/** Ways to a decision on a rate: many ones, or few. */
function rateWays(bound: number, units: readonly Range[], evidence: number): readonly Way[] {
  const needed = (at: number) => (share: number) => rateUnitsNeeded(share, at, evidence, most);
  return [
    { beyond: count(units, ({ low }) => low >= 1), needed: needed(bound) },
    { beyond: count(units, ({ high }) => high <= 0), needed: needed(1 - bound) },
  ];
}

function waysOf(test: ClaimTest, units: readonly Range[], evidence: number): readonly Way[] {
  if (test.kind === 'median' || test.kind === 'band') return medianWays(test, units, evidence);
  return rateWays(test.kind === 'rate' ? test.margin : (1 + test.margin) / 2, units, evidence);
}

/**
 * How many units an open test takes in all: the least n at which it would be decided if the share of units on the side
 * that leads were the 75 % (25 %) point of what that share may be after those seen. Undefined: none within 10,000.
 */
export function unitsInAll(
  test: ClaimTest,
  units: readonly Range[],
  evidence: number,
): readonly [number | undefined, number | undefined] {
  const ways = waysOf(test, units, evidence);
  const at = (q: number): number | undefined => {
    const all = ways.flatMap(({ beyond, needed }) => needed(shareQuantile(beyond, units.length, q)) ?? []);
    return all.length === 0 ? undefined : Math.min(...all);
  };
  return [at(0.75), at(0.25)];
}

/**
 * How many more seeds an open test takes: see `unitsInAll`. A pair takes two seeds, and more where some are left out
 * or tie.
 */
export function seedsToCome(
  test: ClaimTest,
  units: readonly Range[],
  { evidence, seeds }: { readonly evidence: number; readonly seeds: number },
): FromTo {
  const seedsAUnit = units.length > 0 ? seeds / units.length : test.kind === 'gamma' ? 2 : 1;
  const [least, largest] = unitsInAll(test, units, evidence);
  const more = (n: number): number => Math.max(1, Math.ceil((n - units.length) * seedsAUnit));
  return [more(least ?? most), largest === undefined ? undefined : more(largest)];
}
