import { holm } from '../base/statistics/index.js';
import type { Experiment, Protocol } from '../study/experiment.js';
import type { ResultView } from '../study/take-reading.js';
import { judgeClaim, worded } from './judge-claim.js';
import type { SeedResults } from './term-value.js';
import type { Judgement } from './verdict.js';

/** A run of one protocol of an experiment, with what came of it. */
export interface JudgedRun {
  readonly experiment: Experiment;
  readonly protocol: Protocol;
  readonly miniature: boolean;
  /** Its trials and measurements, in any order; rounding twins are left out. */
  readonly tasks: readonly {
    readonly arm: string;
    readonly seed: number;
    readonly twin?: number;
    readonly id: string;
  }[];
  /** Finished results by id. */
  readonly results: ReadonlyMap<string, ResultView>;
}

/** Judges all claims of an experiment under a protocol, each by itself. */
export function judgeRun({ experiment, protocol, miniature, tasks, results }: JudgedRun): readonly Judgement[] {
  const seeds = resultsBySeed(tasks, results);
  return experiment.claims.flatMap((claim) => judgeClaim(claim, protocol.id, seeds, { miniature }) ?? []);
}

function resultsBySeed(tasks: JudgedRun['tasks'], results: JudgedRun['results']): readonly SeedResults[] {
  const bySeed = new Map<number, Map<string, ResultView>>();
  for (const { arm, seed, twin, id } of tasks) {
    const result = results.get(id);
    if (twin !== undefined || result === undefined) continue;
    const ofSeed = bySeed.get(seed) ?? new Map<string, ResultView>();
    bySeed.set(seed, ofSeed.set(arm, result));
  }
  return [...bySeed.entries()]
    .sort(([a], [b]) => a - b)
    .map(
      ([, ofSeed]) =>
        (arm) =>
          ofSeed.get(arm),
    );
}

/** The chance of a false verdict, over all claims of a study together. */
const level = 0.05;

/**
 * Adjusts the verdicts of one study for their number, by Holm's method over all that count: one that does not hold at
 * 5 % becomes `inconclusive`, and says so.
 * Miniatures are left as they are, and so are verdicts that were inconclusive.
 */
export function adjustForStudy(judgements: readonly Judgement[]): readonly Judgement[] {
  const counted = judgements.filter(({ miniature }) => !miniature);
  const adjusted = holm(counted.map(({ pValue }) => pValue));
  const pValues = new Map(counted.map((judgement, i) => [judgement, adjusted[i]!]));
  return judgements.map((judgement) => {
    const pValue = pValues.get(judgement) ?? judgement.pValue;
    if (judgement.miniature || judgement.verdict === 'inconclusive') return judgement;
    if (pValue <= level) return { ...judgement, pValue };
    const p = pValue.toPrecision(2);
    const reason = `does not hold among the ${counted.length} verdicts of the study (Holm's p ${p})`;
    return worded({ ...judgement, verdict: 'inconclusive', pValue }, reason);
  });
}
