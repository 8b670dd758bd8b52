import type { Interval } from '../../base/statistics/index.js';
import type { Claim } from '../../study/claim.js';
import type { Experiment } from '../../study/experiment.js';
import { type ProtocolId, protocolIds } from '../../study/names.js';
import { adjustForStudy, type Judgement, judgeRun, type Verdict } from '../../verdicts/index.js';
import { type ReportRun, tasksOfRun } from './run.js';

/** A verdict in one word. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  supported: 'stands',
  refuted: 'falls',
  inconclusive: 'open',
};

/** What a verdict means. */
export const verdictMeanings: Readonly<Record<Verdict, string>> = {
  supported: 'the whole 95 % interval is beyond the margin',
  refuted: 'all of it is on the other side of no effect',
  inconclusive: 'neither, or too few seeds',
};

/** In the order in which they are counted. */
export const verdicts: readonly Verdict[] = ['supported', 'refuted', 'inconclusive'];

/**
 * A claim with its judgement under each protocol, in the order of `protocolIds`; undefined where the protocol does not
 * judge it or was not run.
 */
export interface ClaimRow {
  readonly claim: Claim;
  readonly judgements: readonly (Judgement | undefined)[];
}

/**
 * Judges every claim under every protocol that was run, each by itself; where a protocol was run in several presets,
 * the one with the most seeds judges,
 * a miniature only if there is no other.
 */
export const judgeRuns = (runs: readonly ReportRun[]): readonly Judgement[] =>
  [...judges(runs).values()].flatMap((run) => judgeRun(judged(run)));

/**
 * The claims of each experiment by its id; the judgements are all those of a report, and are adjusted for their number
 * together.
 */
export function claimRows(
  experiments: readonly Experiment[],
  unadjusted: readonly Judgement[],
): ReadonlyMap<string, readonly ClaimRow[]> {
  const judgements = adjustForStudy(unadjusted);
  const judgementOf = (claim: Claim, protocol: ProtocolId): Judgement | undefined =>
    judgements.find((one) => one.claim === claim && one.protocol === protocol);
  return new Map(
    experiments.map(({ id, claims }) => [
      id,
      claims.map((claim) => ({ claim, judgements: protocolIds.map((protocol) => judgementOf(claim, protocol)) })),
    ]),
  );
}

/** Judges all runs of a report. The result has the rows of each experiment that was run by its id. */
export const judgeReport = (runs: readonly ReportRun[]): ReadonlyMap<string, readonly ClaimRow[]> =>
  claimRows([...new Set(runs.map(({ experiment }) => experiment))], judgeRuns(runs));

function judges(runs: readonly ReportRun[]): ReadonlyMap<string, ReportRun> {
  const weight = ({ preset, trials, measurements }: ReportRun): number =>
    (preset.miniature ? 0 : 1e6) + new Set([...trials, ...measurements].map(({ seed }) => seed)).size;
  const best = new Map<string, ReportRun>();
  for (const run of runs) {
    const key = `${run.experiment.id} ${run.protocol.id}`;
    const rival = best.get(key);
    if (rival === undefined || weight(run) > weight(rival)) best.set(key, run);
  }
  return best;
}

function judged(run: ReportRun): Parameters<typeof judgeRun>[0] {
  const tasks = tasksOfRun(run);
  const results = new Map(tasks.flatMap(({ id, record }) => (record ? [[id, record] as const] : [])));
  return {
    experiment: run.experiment,
    protocol: run.protocol,
    miniature: run.preset.miniature,
    tasks: tasks.map((task) => ({ ...task, arm: task.arm.id })),
    results,
  };
}

/** How many claims stand, fall and are open under a protocol; miniatures and what was not run apart. */
export interface Tally extends Readonly<Record<Verdict, number>> {
  readonly miniature: number;
  readonly notRun: number;
}

/** Counts the verdicts of a protocol. */
export function tallyOf(protocol: ProtocolId, rows: readonly ClaimRow[]): Tally {
  const own = rows.filter(({ claim }) => claim.tests[protocol] !== undefined);
  const judgements = own.map((row) => row.judgements[protocolIds.indexOf(protocol)]);
  const count = (test: (judgement: Judgement | undefined) => boolean): number => judgements.filter(test).length;
  const ofVerdict = (verdict: Verdict): number => count((one) => one?.miniature === false && one.verdict === verdict);
  return {
    supported: ofVerdict('supported'),
    refuted: ofVerdict('refuted'),
    inconclusive: ofVerdict('inconclusive'),
    miniature: count((one) => one?.miniature === true),
    notRun: count((one) => one === undefined),
  };
}

/**
 * The least that is to be known of a judgement: the effect of the test that decides it, with its interval, or how many
 * seeds are missing.
 */
export function shortText({ tests, missing, claim, verdict }: Judgement): string {
  if (missing > 0) return `${unitsText(missing, claim.least.unit)} missing`;
  const decisive = { supported: 'supports', refuted: 'refutes', inconclusive: 'open' }[verdict];
  const effect = (tests.find(({ outcome }) => outcome === decisive) ?? tests[0])?.effect;
  return effect === undefined ? '' : intervalText(effect);
}

/** `1 seed`, `2 pairs of runs`. */
export const unitsText = (count: number, unit: Claim['least']['unit']): string =>
  `${count} ${count === 1 ? unit.replace(/s\b/, '') : unit}`;

/** `2.4 [2.1, 2.9]`, to three digits. */
export const intervalText = ({ estimate, low, high }: Interval): string =>
  `${digits(estimate)} [${digits(low)}, ${digits(high)}]`;

/** Three significant digits, without an exponent where that is readable. */
function digits(value: number): string {
  const rounded = Number(value.toPrecision(3));
  const size = Math.abs(rounded);
  const text = size >= 1e5 || (size > 0 && size < 1e-3) ? rounded.toExponential() : String(rounded);
  return text.replace('-', '−');
}
