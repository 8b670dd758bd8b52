import { binomialTails } from '../../base/statistics/binomial.js';
import { clopperPearsonInterval } from '../../base/statistics/clopper-pearson.js';
import { medians, rate, spread } from './distributions.js';
import { bootstrapOfMedian, clusters, finishingOrder, limitAsValue, signTestAtEveryLook } from './rivals.js';
import type { Claimed, Part, Scenario } from './scenario.js';
import { type Simulated, type SimulationOptions, simulate } from './simulate.js';

/**
 * One line of the calibration: a kind of test at one place of its truth. Shares are of studies; `falseHigh` is the
 * upper end of the 99 % interval.
 */
export interface CalibrationRow {
  readonly name: string;
  readonly where: string;
  readonly falseShare: number;
  readonly falseHigh: number;
  readonly coverage: number;
  /** Looks until a decision, the median over studies; undefined where fewer than half decided. */
  readonly decided: number | undefined;
}

/** 2 / a of one claim alone, and of one place of a register of 160. */
export const evidence = { alone: 40, registered: 6400 } as const;

/** Bounds around a truth: `where` says in words how the truth lies to them. */
const places = (truth: number, step: number): readonly (Claimed & { readonly where: string })[] => [
  { where: 'at the margin', margin: truth, noEffect: truth - step },
  { where: 'at no effect', margin: truth + step, noEffect: truth },
  { where: 'between', margin: truth + step / 2, noEffect: truth - step / 2 },
  { where: 'beyond the margin', margin: truth - step, noEffect: truth - 2 * step },
];

const rates = [0.01, 0.1, 0.5, 0.9, 0.99];

/** Every kind of test at every place of its truth. */
function alone(): readonly { readonly name: string; readonly where: string; readonly parts: readonly Part[] }[] {
  const of = (scenario: Scenario, kind: Part['kind'], step: number) =>
    places(scenario.truth, step).map(({ where, ...claimed }) => ({
      name: scenario.name,
      where,
      parts: [{ scenario, kind, claimed }],
    }));
  const [atMargin, beyond] = [medians(0)[0]!, medians(2)[0]!];
  const claimed: Claimed = { margin: atMargin.truth, noEffect: atMargin.truth - 0.5 };
  return [
    ...[...medians(0), spread(0)].flatMap((scenario) => of(scenario, 'median', 0.5)),
    ...rates.flatMap((r) => of(rate(r), 'rate', Math.min(r, 1 - r) / 2.5)),
    {
      name: 'a conjunction, one part at its margin',
      where: 'at the margin',
      parts: [atMargin, beyond].map((scenario) => ({ scenario, kind: 'median' as const, claimed })),
    },
  ];
}

function rowOf(name: string, where: string, simulated: Simulated): CalibrationRow {
  const { studies, falseStudies, missed, decidedAfter } = simulated;
  const half = Math.ceil(studies / 2);
  return {
    name,
    where,
    falseShare: falseStudies / studies,
    falseHigh: clopperPearsonInterval(falseStudies, studies, 0.99).high,
    coverage: 1 - missed / studies,
    decided: decidedAfter.length >= half ? decidedAfter[half - 1] : undefined,
  };
}

/** The rule of the verdicts, each kind of test alone at a = 0.05, looked at after every unit. */
export const calibrateAlone = (options: Omit<SimulationOptions, 'evidence'>): readonly CalibrationRow[] =>
  alone().map(({ name, where, parts }) =>
    rowOf(name, where, simulate(parts, { ...options, evidence: evidence.alone })),
  );

/** Rules that have to fail, each where the truth lies at the margin. */
export function calibrateRivals(options: Omit<SimulationOptions, 'evidence'>): readonly CalibrationRow[] {
  const at = { ...options, evidence: evidence.alone };
  const claimed: Claimed = { margin: 0, noEffect: 0 };
  const [normal, , , ties] = medians(0) as readonly [Scenario, Scenario, Scenario, Scenario];
  const run = (name: string, scenario: Scenario, more: Partial<SimulationOptions> = {}): CalibrationRow =>
    rowOf(name, 'at the margin', simulate([{ scenario, claimed, kind: 'median' }], { ...at, ...more }));
  const order = finishingOrder(options.studies, options.units, evidence.alone, options.seed);
  const asFinished = {
    studies: order.studies,
    falseStudies: order.asFinished,
    missed: order.asFinished,
    decidedAfter: [],
  };
  return [
    run('bootstrap of the median at every look', normal, { threshold: bootstrapOfMedian }),
    run('sign test at every look', normal, { threshold: signTestAtEveryLook }),
    run('a value at the bound counted as beyond it', ties, { countTies: true }),
    run('the limit as the value', limitAsValue(0)),
    rowOf('units as they finish, 40 at once', 'at the margin', asFinished),
    run('points of clusters as units', clusters(0)),
  ];
}

/**
 * The least n at which the exact sign test of that n alone, told which side to look at, decides in half of all
 * studies, when a share of units lies beyond the bound.
 */
export function oracleUnits(share: number, tail: number, most = 4000): number | undefined {
  for (let n = 1; n <= most; n++) {
    let k = Math.ceil(n / 2);
    while (k <= n && binomialTails(k, n, 0.5).upper > tail) k++;
    if (k <= n && binomialTails(k, n, share).upper >= 0.5) return n;
  }
  return undefined;
}
