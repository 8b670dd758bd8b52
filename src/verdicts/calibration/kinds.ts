import { medians, rateOf, tiedPairs } from './distributions.js';
import { type CalibrationRow, rowOf } from './rows.js';
import { verdictRule } from './rules.js';
import type { Claimed, Scenario } from './scenario.js';
import { type SimulationOptions, simulate, simulateConjunction } from './simulate.js';

/** 2 / a of one claim alone at a = 0.05, and of one place of a register of 160. */
export const evidence = { alone: 40, registered: 6400 } as const;

/** A claim and, in words, where the truth lies to it. */
interface Placed {
  readonly where: string;
  readonly claimed: Claimed;
}

/** Claims of more around a truth, whose values lie `step` apart. */
function bounds({ truth: { low, high } }: Scenario, step: number): readonly Placed[] {
  const more = (where: string, margin: number, noEffect: number): Placed => ({ where, claimed: { margin, noEffect } });
  return [
    more('at the margin', low, low - step),
    more('at no effect', high + step, high),
    more('at both', low, low),
    more('between', high + step / 2, low - step / 2),
    more('beyond the margin', low - step, low - 2 * step),
    more('beyond no effect', high + 2 * step, high + step),
  ];
}

/** Bands around a truth. */
function bands({ truth: { low, high } }: Scenario, step: number): readonly Placed[] {
  const band = (where: string, from: number, to: number): Placed => ({
    where,
    claimed: { band: { low: from, high: to } },
  });
  return [
    band('at the lower edge', low, high + 2 * step),
    band('at the upper edge', low - 2 * step, high),
    band('inside', low - step, high + step),
    band('outside', high + step, high + 3 * step),
  ];
}

const rates = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
const [normal] = medians as readonly [Scenario];

/** Every scenario with the claims that are made of it. */
function kinds(): readonly {
  readonly name: string;
  readonly scenario: Scenario;
  readonly placed: readonly Placed[];
}[] {
  const more = (scenario: Scenario, step: number) => ({
    name: scenario.name,
    scenario,
    placed: bounds(scenario, step),
  });
  const within = (scenario: Scenario, step: number) => ({
    name: `a band around ${scenario.name}`,
    scenario,
    placed: bands(scenario, step),
  });
  return [
    ...medians.map((scenario) => more(scenario, 0.5)),
    ...rates.map((rate) => more(rateOf(rate), Math.min(rate, 1 - rate) / 2.5)),
    more(tiedPairs, 0.25),
    within(normal, 0.5),
    within({ ...rateOf(0.25), name: 'a rate of 0.25' }, 0.1),
  ];
}

/** How many studies, of how many units, from which seed. */
export type CalibrationOptions = Omit<SimulationOptions, 'rule'>;

/** Conjunctions of two and of five parts, one at its margin and the others well beyond it. */
function conjunctions(options: SimulationOptions): readonly CalibrationRow[] {
  const claimed: Claimed = { margin: 0, noEffect: -0.5 };
  const beyond: Claimed = { margin: -1.5, noEffect: -2 };
  return [2, 5].map((count) => {
    const parts = Array.from({ length: count }, (_, i) => ({ scenario: normal, claimed: i === 0 ? claimed : beyond }));
    const tally = simulateConjunction(parts, options);
    return rowOf(`a conjunction of ${count} parts`, 'one part at its margin', tally, false);
  });
}

/** The rule of the verdicts, each kind of test alone at a = 0.05, looked at after every unit. */
export function calibrateKinds(options: CalibrationOptions): readonly CalibrationRow[] {
  const at = { ...options, rule: verdictRule(evidence.alone) };
  const rows = kinds().flatMap(({ name, scenario, placed }, i) => {
    const tallies = simulate(
      scenario,
      placed.map(({ claimed }) => claimed),
      { ...at, seed: options.seed + i },
    );
    return tallies.map((tally, j) => rowOf(name, placed[j]!.where, tally));
  });
  return [...rows, ...conjunctions({ ...at, seed: options.seed + 1000 })];
}
