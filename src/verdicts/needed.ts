import {
  type Range,
  rateEvidence,
  rateUnitsNeeded,
  shareQuantile,
  signThreshold,
  unitsNeeded,
} from '../base/statistics/index.js';
import type { ClaimTest } from '../study/claim.js';
import type { FromTo } from './verdict.js';

/** Further than this nobody looks: what takes more has no end that could be named. */
const most = 10_000;

/** A way to a decision: how many units speak for it now, and what it takes. */
interface Way {
  readonly beyond: number;
  /** Whether so many units of n decide. */
  readonly decides: (beyond: number, n: number) => boolean;
  /** The least units at which a share of them decides. */
  readonly needed: (share: number) => number | undefined;
}

const count = (units: readonly Range[], is: (unit: Range) => boolean): number => units.filter(is).length;

/** Ways to a decision on a median: most units above the margin, or most below; in a band: inside, or out of a side. */
function medianWays(test: Extract<ClaimTest, { kind: 'median' | 'band' }>, units: readonly Range[], evidence: number) {
  const rule = {
    needed: (share: number) => unitsNeeded(share, evidence, most),
    decides: (beyond: number, n: number) => beyond >= signThreshold(n, evidence),
  };
  const above = (q: number): Way => ({ beyond: count(units, ({ low }) => low > q), ...rule });
  const below = (q: number): Way => ({ beyond: count(units, ({ high }) => high < q), ...rule });
  if (test.kind === 'median') return [above(test.margin), below(test.margin)];
  const inside = [above(test.low), below(test.high)].reduce((a, b) => (a.beyond < b.beyond ? a : b));
  return [inside, below(test.low), above(test.high)];
}

/** Ways to a decision on a rate: many ones, or few. */
function rateWays(bound: number, units: readonly Range[], evidence: number): readonly Way[] {
  const rule = (at: number): Pick<Way, 'needed' | 'decides'> => ({
    needed: (share) => rateUnitsNeeded(share, at, evidence, most),
    decides: (beyond, n) => rateEvidence(beyond, n, at) >= evidence,
  });
  return [
    { beyond: count(units, ({ low }) => low >= 1), ...rule(bound) },
    { beyond: count(units, ({ high }) => high <= 0), ...rule(1 - bound) },
  ];
}

function waysOf(test: ClaimTest, units: readonly Range[], evidence: number): readonly Way[] {
  if (test.kind === 'median' || test.kind === 'band') return medianWays(test, units, evidence);
  return rateWays(test.kind === 'rate' ? test.margin : (1 + test.margin) / 2, units, evidence);
}

/** How many more units an open test takes at least: those that decide it if all of them go one way. */
export function fewestToCome(test: ClaimTest, units: readonly Range[], evidence: number): number {
  const fewest = ({ beyond, decides }: Way): number => {
    let [out, inside] = [0, 1];
    while (!decides(beyond + inside, units.length + inside) && inside < most) [out, inside] = [inside, 2 * inside];
    while (inside - out > 1) {
      const middle = Math.floor((out + inside) / 2);
      if (decides(beyond + middle, units.length + middle)) inside = middle;
      else out = middle;
    }
    return inside;
  };
  return Math.min(...waysOf(test, units, evidence).map(fewest));
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

/** Seeds that a unit takes: as many as it took so far; two for the first pair. */
export const seedsAUnit = (test: ClaimTest, units: number, seeds: number): number =>
  units > 0 ? seeds / units : test.kind === 'gamma' ? 2 : 1;

/** How many more seeds an open test takes: see `unitsInAll`; before any has run, at least the fewest that decide. */
export function seedsToCome(
  test: ClaimTest,
  units: readonly Range[],
  { evidence, seeds }: { readonly evidence: number; readonly seeds: number },
): FromTo {
  const each = seedsAUnit(test, units.length, seeds);
  const fewest = Math.ceil(fewestToCome(test, units, evidence) * each);
  if (units.length === 0) return [fewest, undefined];
  const [least, largest] = unitsInAll(test, units, evidence);
  const more = (n: number): number => Math.max(fewest, Math.ceil((n - units.length) * each));
  return [more(least ?? most), largest === undefined ? undefined : more(largest)];
}
