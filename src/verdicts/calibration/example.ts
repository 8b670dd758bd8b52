import { Mt19937 } from '../../base/mt19937.js';
import { medianSequence, type Range } from '../../base/statistics/index.js';
import { type Decision, isReal, outcomeOf } from '../outcome.js';
import { normal } from './draws.js';
import { exactly } from './scenario.js';

/** A look at one study: its newest value, the interval of all so far, and the outcome that is read off it. */
export interface Look extends Range {
  readonly units: number;
  readonly value: number;
  readonly outcome: Decision;
}

/** The claim of the example: more than `margin`, of which `noEffect` is none; the truth lies at 1.2. */
export const example = { direction: 'above', margin: 0.5, noEffect: 0, truth: 1.2, units: 40, seed: 11 } as const;

/** One study, look by look. */
export function exampleStudy(evidence: number): readonly Look[] {
  const rng = new Mt19937(example.seed);
  const values = Array.from({ length: example.units }, () => example.truth + normal(rng));
  return values.map((value, i) => {
    const range = medianSequence(values.slice(0, i + 1).map(exactly), evidence);
    return { units: i + 1, value, ...range, outcome: outcomeOf(range, example) };
  });
}

/** Intervals of that claim, one of each outcome, with why it is that. */
export const exampleOutcomes = (
  [
    [0.6, 2.3, 'all of it lies above the margin'],
    [-0.9, -0.1, 'all of it lies below no effect'],
    [0.1, 0.4, 'all of it lies below the margin, and above no effect'],
    [-0.2, 0.4, 'all of it lies below the margin'],
    [-0.1, 1.2, 'the margin lies in it'],
  ] as const
).map(([low, high, because]) => ({ low, high, outcome: wordsOf({ low, high }), because }));

function wordsOf(range: Range): string {
  const outcome = outcomeOf(range, example);
  if (outcome !== 'fallsShort') return outcome;
  return isReal(range, example) ? 'falls short: real, but smaller' : 'falls short';
}
