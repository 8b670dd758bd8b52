import { Mt19937 } from '../../base/mt19937.js';
import { type Range, rateEvidence, signThreshold } from '../../base/statistics/index.js';
import { conjunction, type Decision } from '../outcome.js';
import type { Claimed, Part } from './scenario.js';

/** How many of n units must lie strictly on one side of a value to reject it: the rule that is simulated. */
export type Threshold = (units: number) => number;

/** How a study is simulated. `looks`: units after which the judge looks; `evidence` is 2 / a. */
export interface SimulationOptions {
  readonly studies: number;
  readonly units: number;
  readonly evidence: number;
  readonly seed: number;
  /** Default: the rule of the verdicts. */
  readonly threshold?: Threshold;
  /** Whether a value at a bound counts as beyond it, which it must not. Default false. */
  readonly countTies?: boolean;
}

/** What came of many studies of one claim. */
export interface Simulated {
  readonly studies: number;
  /** Studies of which any look gave a sentence that is not true. */
  readonly falseStudies: number;
  /** Studies whose interval missed the truth at any look. */
  readonly missed: number;
  /** Looks until the first decision, of the studies that came to one. Ascending. */
  readonly decidedAfter: readonly number[];
}

/** Units on each side of the three values that matter. */
interface Counts {
  units: number;
  aboveMargin: number;
  belowMargin: number;
  belowNoEffect: number;
  aboveTruth: number;
  belowTruth: number;
}

const noCounts = (): Counts => ({
  units: 0,
  aboveMargin: 0,
  belowMargin: 0,
  belowNoEffect: 0,
  aboveTruth: 0,
  belowTruth: 0,
});

function count(counts: Counts, { low, high }: Range, { claimed, scenario }: Part, ties: boolean): void {
  // Ones are above every rate, zeros below; of values it is the side of the bound that counts.
  const above = (q: number): number => (low > q || (ties && low === q) ? 1 : 0);
  const below = (q: number): number => (high < q || (ties && high === q) ? 1 : 0);
  counts.units++;
  counts.aboveMargin += above(claimed.margin);
  counts.belowMargin += below(claimed.margin);
  counts.belowNoEffect += below(claimed.noEffect);
  counts.aboveTruth += above(scenario.truth);
  counts.belowTruth += below(scenario.truth);
}

/** For each number of units the least count on one side of a value that rejects it. Shapes: each [units + 1] */
interface Rejection {
  readonly aboveMargin: Int32Array;
  readonly belowMargin: Int32Array;
  readonly belowNoEffect: Int32Array;
  readonly aboveTruth: Int32Array;
  readonly belowTruth: Int32Array;
}

/** The least number of ones of n, for each n, whose evidence against rates of at most `value` suffices. */
function rateThresholds(units: number, value: number, evidence: number): Int32Array {
  let k = 0;
  return Int32Array.from({ length: units + 1 }, (_, n) => {
    while (k <= n && rateEvidence(k, n, value) < evidence) k++;
    return k;
  });
}

function rejectionOf({ kind, claimed, scenario }: Part, options: SimulationOptions): Rejection {
  const { units, evidence, threshold = (n) => signThreshold(n, evidence) } = options;
  const median = Int32Array.from({ length: units + 1 }, (_, n) => (n === 0 ? 1 : threshold(n)));
  const above = (value: number): Int32Array => (kind === 'rate' ? rateThresholds(units, value, evidence) : median);
  const below = (value: number): Int32Array => above(1 - value);
  return {
    aboveMargin: above(claimed.margin),
    belowMargin: below(claimed.margin),
    belowNoEffect: below(claimed.noEffect),
    aboveTruth: above(scenario.truth),
    belowTruth: below(scenario.truth),
  };
}

/** The outcome that the counts of a part stand for, and whether the interval misses the truth. */
function look(counts: Counts, rejection: Rejection): { outcome: Decision; miss: boolean } {
  const n = counts.units;
  const rejects = (side: keyof Rejection): boolean => counts[side] >= rejection[side][n]!;
  const miss = rejects('aboveTruth') || rejects('belowTruth');
  if (rejects('aboveMargin')) return { outcome: 'stands', miss };
  if (rejects('belowNoEffect')) return { outcome: 'falls', miss };
  return { outcome: rejects('belowMargin') ? 'fallsShort' : 'open', miss };
}

/** Whether an outcome is true of a truth: at the margin every decision is false, open never is. */
export function isTrue(outcome: Decision, truth: number, { margin, noEffect }: Claimed): boolean {
  if (outcome === 'stands') return truth > margin;
  if (outcome === 'falls') return truth < noEffect;
  return outcome === 'open' || truth < margin;
}

/**
 * Whether the outcome of a conjunction is true of its parts: it stands with all of them and falls, or falls short,
 * with any.
 */
function isTrueOfAll(outcome: Decision, parts: readonly Part[]): boolean {
  const trueOf = ({ scenario, claimed }: Part): boolean => isTrue(outcome, scenario.truth, claimed);
  return outcome === 'stands' || outcome === 'open' ? parts.every(trueOf) : parts.some(trueOf);
}

/** One study, looked at after every unit. */
function runStudy(parts: readonly Part[], rejections: readonly Rejection[], rng: Mt19937, options: SimulationOptions) {
  const { units, countTies = false } = options;
  const drawn = parts.map(({ scenario }) => scenario.draw(rng, units));
  const counts = parts.map(noCounts);
  const seen = { wrong: false, missed: false, decided: 0 };
  for (let n = 1; n <= units; n++) {
    const looks = parts.map((part, i) => {
      count(counts[i]!, drawn[i]![n - 1]!, part, countTies);
      return look(counts[i]!, rejections[i]!);
    });
    const outcome = conjunction(looks.map((one) => one.outcome));
    seen.wrong ||= !isTrueOfAll(outcome, parts);
    seen.missed ||= looks[0]!.miss;
    if (seen.decided === 0 && outcome !== 'open') seen.decided = n;
  }
  return seen;
}

/**
 * Simulates studies of a claim of one part or several, which is looked at after every unit. Coverage is the first
 * part's.
 */
export function simulate(parts: readonly Part[], options: SimulationOptions): Simulated {
  const rng = new Mt19937(options.seed);
  const rejections = parts.map((part) => rejectionOf(part, options));
  const seen = Array.from({ length: options.studies }, () => runStudy(parts, rejections, rng, options));
  return {
    studies: options.studies,
    falseStudies: seen.filter(({ wrong }) => wrong).length,
    missed: seen.filter(({ missed }) => missed).length,
    decidedAfter: seen.flatMap(({ decided }) => (decided > 0 ? [decided] : [])).sort((a, b) => a - b),
  };
}
