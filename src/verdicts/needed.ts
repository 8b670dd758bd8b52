import { type Range, rateThreshold, signThreshold, unitsToCome, type Way } from '../base/statistics/index.js';
import type { ClaimTest } from '../study/claim.js';
import type { FromTo } from './verdict.js';

/** Further than this nobody looks: what takes more has no end that could be named. */
const most = 4000;

const count = (units: readonly Range[], is: (unit: Range) => boolean): number => units.filter(is).length;

/** Most units lie on one side of a value: what speaks for it, until the other side has enough. */
export function medianWay(beyond: number, evidence: number): Way {
  const least = (n: number): number => signThreshold(n, evidence);
  return { beyond, least, lost: (n) => n - least(n) };
}

/** More ones than a rate allows. */
const rateWay = (ones: number, rate: number, evidence: number): Way => ({
  beyond: ones,
  least: (n) => rateThreshold(n, rate, evidence),
  lost: (n) => n - rateThreshold(n, 1 - rate, evidence),
});

/** Ways to a decision on a median: most units above the margin, or most below; in a band: inside, or out of a side. */
function medianWays(test: Extract<ClaimTest, { kind: 'median' | 'band' }>, units: readonly Range[], evidence: number) {
  const above = (q: number): Way =>
    medianWay(
      count(units, ({ low }) => low > q),
      evidence,
    );
  const below = (q: number): Way =>
    medianWay(
      count(units, ({ high }) => high < q),
      evidence,
    );
  if (test.kind === 'median') return [above(test.margin), below(test.margin)];
  const inside = [above(test.low), below(test.high)].reduce((a, b) => (a.beyond < b.beyond ? a : b));
  return [inside, below(test.low), above(test.high)];
}

/** Ways to a decision on a rate: many ones, or few. */
const rateWays = (bound: number, units: readonly Range[], evidence: number): readonly Way[] => [
  rateWay(
    count(units, ({ low }) => low >= 1),
    bound,
    evidence,
  ),
  rateWay(
    count(units, ({ high }) => high <= 0),
    1 - bound,
    evidence,
  ),
];

function waysOf(test: ClaimTest, units: readonly Range[], evidence: number): readonly Way[] {
  if (test.kind === 'median' || test.kind === 'band') return medianWays(test, units, evidence);
  return rateWays(test.kind === 'rate' ? test.margin : (1 + test.margin) / 2, units, evidence);
}

/** How many more units an open test takes at least: those that decide it if all of them go one way. */
export function fewestToCome(test: ClaimTest, units: readonly Range[], evidence: number): number {
  const ways = waysOf(test, units, evidence);
  const decides = (more: number): boolean =>
    ways.some(({ beyond, least }) => beyond + more >= least(units.length + more));
  let more = 1;
  while (more < most && !decides(more)) more++;
  return more;
}

/** Seeds that a unit takes: as many as it took so far; two for the first pair. */
export const seedsAUnit = (test: ClaimTest, units: number, seeds: number): number =>
  units > 0 ? seeds / units : test.kind === 'gamma' ? 2 : 1;

/**
 * How many more seeds an open test takes: a range that holds what it then takes in half of all cases, see
 * docs/statistics.md. Undefined: more than 4,000 units, or nothing is known yet. A pair takes two seeds, and more where
 * some are left out or tie.
 */
export function seedsToCome(
  test: ClaimTest,
  units: readonly Range[],
  { evidence, seeds }: { readonly evidence: number; readonly seeds: number },
): FromTo {
  const each = seedsAUnit(test, units.length, seeds);
  if (units.length === 0) return [Math.ceil(fewestToCome(test, units, evidence) * each), undefined];
  const [early = most, late] = unitsToCome(waysOf(test, units, evidence), units.length, most);
  return [Math.ceil(early * each), late === undefined ? undefined : Math.ceil(late * each)];
}
