import { Mt19937 } from '../../base/mt19937.js';
import { conjunction } from '../outcome.js';
import type { Rule } from './rules.js';
import { type Claimed, isTrue, type Scenario, type Units, type Verdict } from './scenario.js';
import { type Bound, boundAt, boundsOf, type ClaimSides, type Sides, sidesOf, verdictAt } from './study.js';

/** How studies are simulated: how many, of how many units each, of which the judge looks at every one. */
export interface SimulationOptions {
  readonly studies: number;
  readonly units: number;
  readonly seed: number;
  readonly rule: Rule;
}

/** What came of many studies of one claim. */
export interface Tally {
  readonly studies: number;
  /** Studies of which any look gave a sentence that is not true. */
  readonly falseStudies: number;
  /** Studies whose interval missed the truth at any look. */
  readonly missed: number;
  /** Looks until the first decision, of the studies that came to one. Ascending. */
  readonly decidedAfter: readonly number[];
}

/** What one study says of a claim; `decidedAfter` is 0 where it never is. */
interface Seen {
  readonly isFalse: boolean;
  readonly missed: boolean;
  readonly decidedAfter: number;
}

/** A scenario with all values that its intervals are held against. */
interface Judged {
  readonly scenario: Scenario;
  readonly bounds: readonly Bound[];
  readonly countTies: boolean;
}

function judged(scenario: Scenario, claims: readonly Claimed[], { units, rule }: SimulationOptions): Judged {
  const { low, high } = scenario.truth;
  const values = new Set([low, high, ...claims.flatMap(boundsOf)]);
  const bounds = [...values].map((value) => boundAt(value, scenario.parameter, units, rule));
  return { scenario, bounds, countTies: rule.countTies };
}

/** Where the interval of one study lies to each value, at each look. */
const sidesOfAll = ({ bounds, countTies }: Judged, drawn: Units): ReadonlyMap<number, Sides> =>
  new Map(bounds.map((bound) => [bound.value, sidesOf(drawn, bound, countTies)]));

function claimSides(claimed: Claimed, sides: ReadonlyMap<number, Sides>): ClaimSides {
  const [first, second] = boundsOf(claimed);
  return { claimed, first: sides.get(first)!, second: sides.get(second)! };
}

/** Reads one study's looks: the first decision, and whether any sentence is not true. */
function readLooks(looks: number, verdict: (look: number) => Verdict, truly: (verdict: Verdict) => boolean) {
  let [isFalse, decidedAfter] = [false, 0];
  for (let look = 0; look < looks; look++) {
    const said = verdict(look);
    if (said.outcome === 'open') continue;
    if (decidedAfter === 0) decidedAfter = look + 1;
    isFalse ||= !truly(said);
  }
  return { isFalse, decidedAfter };
}

function tallied(seen: readonly Seen[]): Tally {
  return {
    studies: seen.length,
    falseStudies: seen.filter(({ isFalse }) => isFalse).length,
    missed: seen.filter(({ missed }) => missed).length,
    decidedAfter: seen.flatMap(({ decidedAfter: n }) => (n > 0 ? [n] : [])).sort((a, b) => a - b),
  };
}

/** Studies of one scenario, each judged for several claims; a tally for each claim. */
export function simulate(scenario: Scenario, claims: readonly Claimed[], options: SimulationOptions): readonly Tally[] {
  const rng = new Mt19937(options.seed);
  const { truth } = scenario;
  const all = judged(scenario, claims, options);
  const seen: Seen[][] = claims.map(() => []);
  for (let study = 0; study < options.studies; study++) {
    const sides = sidesOfAll(all, scenario.draw(rng, options.units));
    const missed = sides.get(truth.low)!.includes(1) || sides.get(truth.high)!.includes(-1);
    claims.forEach((claimed, i) => {
      const own = claimSides(claimed, sides);
      const truly = (said: Verdict): boolean => isTrue(said, truth, claimed);
      seen[i]!.push({ missed, ...readLooks(options.units, (look) => verdictAt(own, look), truly) });
    });
  }
  return seen.map(tallied);
}

/** A part of a conjunction. */
export interface ConjunctionPart {
  readonly scenario: Scenario;
  readonly claimed: Claimed;
}

/** Studies of a conjunction whose parts are drawn apart. It has no interval of its own, so none misses. */
export function simulateConjunction(parts: readonly ConjunctionPart[], options: SimulationOptions): Tally {
  const rng = new Mt19937(options.seed);
  const all = parts.map(({ scenario, claimed }) => judged(scenario, [claimed], options));
  const truly = (said: Verdict): boolean => {
    const one = ({ scenario, claimed }: ConjunctionPart): boolean => isTrue(said, scenario.truth, claimed);
    return said.outcome === 'stands' ? parts.every(one) : parts.some(one);
  };
  const study = (): Seen => {
    const sides = all.map((part, i) =>
      claimSides(parts[i]!.claimed, sidesOfAll(part, part.scenario.draw(rng, options.units))),
    );
    const outcome = (look: number) => conjunction(sides.map((part) => verdictAt(part, look).outcome));
    return { missed: false, ...readLooks(options.units, (look) => ({ outcome: outcome(look), real: false }), truly) };
  };
  return tallied(Array.from({ length: options.studies }, study));
}
