import { signThreshold } from '../../base/statistics/index.js';
import { medians } from './distributions.js';
import { evidence } from './kinds.js';
import { bootstrapOfMedian, clusters, finishingOrder, fixedSignTest, limitAsValue } from './rivals.js';
import { type CalibrationRow, falseShareOf, rowOf } from './rows.js';
import { medianRule, type Rule, verdictRule } from './rules.js';
import type { Claimed, Scenario } from './scenario.js';
import { type SimulationOptions, simulate } from './simulate.js';

const [normal, , , wholeNumbers, atom] = medians as readonly [Scenario, Scenario, Scenario, Scenario, Scenario];
const atMargin: Claimed = { margin: 0, noEffect: 0 };

/**
 * Rules that have to fail, and ways to take units, each where the truth lies at the margin; the verdicts' own first.
 */
export function calibrateRivals(options: Omit<SimulationOptions, 'rule'>): readonly CalibrationRow[] {
  const own = verdictRule(evidence.alone);
  const withTies = medianRule((n) => signThreshold(n, evidence.alone), true);
  const run = (name: string, scenario: Scenario, rule: Rule): CalibrationRow =>
    rowOf(name, 'at the margin', simulate(scenario, [atMargin], { ...options, rule })[0]!);
  return [
    run('the rule of the verdicts', normal, own),
    run('the sign test of a fixed n, at every look', normal, medianRule(fixedSignTest(0.025))),
    run('the bootstrap of the median, at every odd look', normal, medianRule(bootstrapOfMedian)),
    run('a value at the bound counts as beyond it: whole numbers', wholeNumbers, withTies),
    run('a value at the bound counts as beyond it: an atom of 30 %', atom, withTies),
    run('the limit of a run as its value', limitAsValue, own),
    ...orders(options),
    run('ten points of one run as ten units', clusters, own),
  ];
}

/** Units as they finish, and the same studies in the order of their seeds. */
function orders({ studies, units, seed }: Omit<SimulationOptions, 'rule'>): readonly CalibrationRow[] {
  const { asFinished, inSeedOrder } = finishingOrder(studies, units, evidence.alone, seed);
  const row = (name: string, count: number): CalibrationRow => {
    const share = falseShareOf(count, studies);
    return { name, where: 'at the margin', ...share, coverage: 1 - share.falseShare, decided: share.falseShare };
  };
  return [
    row('units as they finish, 40 at once', asFinished),
    row('the same units in the order of their seeds', inSeedOrder),
  ];
}
