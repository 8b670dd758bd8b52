import type { Range } from '../base/statistics/index.js';
import type { Claim, ClaimTest } from '../study/claim.js';
import type { Experiment, Protocol } from '../study/experiment.js';
import type { ProtocolId } from '../study/names.js';
import type { ResultView } from '../study/take-reading.js';
import { armsOf } from '../study/term-parts.js';
import { estimateOf } from './intervals.js';
import { decisionOf, testsOf } from './judge.js';
import type { Decision } from './outcome.js';
import type { SeedResults } from './term-range.js';
import { type SeedValue, seedValue, unitsOf } from './units.js';

/** What exploration shows of one test: what its few units have, and on which side of the margin that lies. */
export interface GlimpsePart {
  readonly test: ClaimTest;
  /** Median, rate or gamma of the units; undefined without any. */
  readonly estimate: Range | undefined;
  /** Where the estimate lies, as if it were the truth: `fallsShort` is between no effect and the margin. */
  readonly side: Decision;
  /** Units: seeds, or pairs of seeds. */
  readonly n: number;
}

/**
 * What exploration shows of a claim under a protocol: miniatures, and seeds below the confirmatory ones. It is never a
 * verdict.
 */
export interface Glimpse {
  readonly claim: Claim;
  readonly protocol: ProtocolId;
  readonly miniature: boolean;
  readonly parts: readonly GlimpsePart[];
}

/** A run of one protocol of an experiment, with what came of it. */
export interface ExploredRun {
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

/** What a run shows of all claims that its protocol judges. */
export function glimpseRun({ experiment, protocol, miniature, tasks, results }: ExploredRun): readonly Glimpse[] {
  const seeds = resultsBySeed(tasks, results);
  return experiment.claims.flatMap((claim) => {
    const tests = testsOf(claim, protocol.id);
    if (tests.length === 0) return [];
    const parts = tests.map((test) => glimpseOf(test, valuesOf(claim, test, seeds)));
    return [{ claim, protocol: protocol.id, miniature, parts }];
  });
}

/** What some values show of a test. */
export function glimpseOf(test: ClaimTest, values: readonly SeedValue[]): GlimpsePart {
  const units = unitsOf(test, values);
  const estimate = estimateOf(test, units);
  return { test, estimate, side: estimate === undefined ? 'open' : decisionOf(test, estimate), n: units.length };
}

/** The values of the seeds that have all arms of a test. */
function valuesOf(claim: Claim, test: ClaimTest, seeds: ReadonlyMap<number, SeedResults>): readonly SeedValue[] {
  const arms = armsOf(test);
  return [...seeds]
    .filter(([, results]) => arms.every((arm) => results(arm) !== undefined))
    .map(([seed, results]) => seedValue(test, seed, results, claim.given !== undefined));
}

/** The results of each seed, in the order of seeds. */
function resultsBySeed(tasks: ExploredRun['tasks'], results: ExploredRun['results']): ReadonlyMap<number, SeedResults> {
  const bySeed = new Map<number, Map<string, ResultView>>();
  for (const { arm, seed, twin, id } of tasks) {
    const result = results.get(id);
    if (twin !== undefined || result === undefined) continue;
    const ofSeed = bySeed.get(seed) ?? new Map<string, ResultView>();
    bySeed.set(seed, ofSeed.set(arm, result));
  }
  const sorted = [...bySeed].sort(([a], [b]) => a - b);
  return new Map(sorted.map(([seed, ofSeed]) => [seed, (arm: string) => ofSeed.get(arm)] as const));
}
