import type { Interval } from '../../base/statistics/index.js';
import type { Claim } from '../../study/claim.js';
import type { Experiment } from '../../study/experiment.js';
import { type ProtocolId, protocolIds } from '../../study/names.js';
import {
  effectText,
  estimateText,
  type Glimpse,
  glimpseRun,
  noTestVerdict,
  type Outcome,
  type PartVerdict,
  type Verdict,
} from '../../verdicts/index.js';
import { type ReportRun, tasksOfRun } from './run.js';

/** In the order in which they are counted. */
export const outcomes: readonly Outcome[] = ['stands', 'falls', 'fallsShort', 'open', 'noTest', 'notRun'];

/**
 * A claim with its verdict under each protocol, in the order of `protocolIds`, and what the runs that are shown show of
 * it; undefined where the protocol does not judge it, or was not run.
 */
export interface ClaimRow {
  readonly claim: Claim;
  readonly verdicts: readonly (Verdict | undefined)[];
  readonly glimpses: readonly (Glimpse | undefined)[];
}

/**
 * What runs show of every claim under every protocol; where a protocol was run in several presets, the one with the
 * most seeds shows it, a miniature only if there is no other.
 */
export const glimpseRuns = (runs: readonly ReportRun[]): readonly Glimpse[] =>
  [...largest(runs).values()].flatMap((run) => glimpseRun(explored(run)));

/** The claims of an experiment with their verdicts: those that are known, else that there can be none. */
export function claimRows(
  { claims }: Experiment,
  verdicts: readonly Verdict[],
  glimpses: readonly Glimpse[],
): readonly ClaimRow[] {
  const under = <T extends { readonly claim: Claim; readonly protocol: ProtocolId }>(
    list: readonly T[],
    claim: Claim,
    protocol: ProtocolId,
  ): T | undefined => list.find((one) => one.claim.id === claim.id && one.protocol === protocol);
  const verdictOn = (claim: Claim, protocol: ProtocolId): Verdict | undefined => {
    const judged = claim.judged[protocol];
    if (judged !== undefined && 'noTest' in judged) return noTestVerdict(claim, protocol, judged.noTest);
    return under(verdicts, claim, protocol);
  };
  return claims.map((claim) => ({
    claim,
    verdicts: protocolIds.map((protocol) => verdictOn(claim, protocol)),
    glimpses: protocolIds.map((protocol) => under(glimpses, claim, protocol)),
  }));
}

function largest(runs: readonly ReportRun[]): ReadonlyMap<string, ReportRun> {
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

function explored(run: ReportRun): Parameters<typeof glimpseRun>[0] {
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

/** How many claims came to each outcome under a protocol. */
export function tallyOf(protocol: ProtocolId, rows: readonly ClaimRow[]): Readonly<Record<Outcome, number>> {
  const place = protocolIds.indexOf(protocol);
  const own = rows.filter(({ claim }) => claim.judged[protocol] !== undefined);
  const found = own.map(({ verdicts }): Outcome => verdicts[place]?.outcome ?? 'notRun');
  const count = (outcome: Outcome): number => found.filter((one) => one === outcome).length;
  return {
    stands: count('stands'),
    falls: count('falls'),
    fallsShort: count('fallsShort'),
    open: count('open'),
    noTest: count('noTest'),
    notRun: count('notRun'),
    withdrawn: count('withdrawn'),
  };
}

/** The least that is to be known of a verdict: the effect of the part that decides it, with its interval. */
export function shortText({ outcome, parts, noTest }: Verdict): string {
  if (noTest !== undefined) return noTest;
  const part: PartVerdict | undefined = parts.find((one) => one.outcome === outcome) ?? parts[0];
  return part === undefined || part.n === 0 ? '' : effectText(part.test, part.estimate, part.range);
}

/** What a glimpse shows, in a few words: `2.7 in 20 seeds, not judged`. */
export function glimpseText({ parts, miniature }: Glimpse): string {
  const [first] = parts;
  if (first === undefined || first.n === 0) return '';
  const seeds = `${first.n} ${first.test.kind === 'gamma' ? 'pairs' : first.n === 1 ? 'seed' : 'seeds'}`;
  return `${miniature ? 'miniature: ' : ''}${estimateText(first.test, first.estimate)} in ${seeds}, not judged`;
}

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
