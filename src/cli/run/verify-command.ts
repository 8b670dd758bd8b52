import { UserError } from '../../base/errors.js';
import { didYouMean } from '../../base/nearest.js';
import { openStore } from '../../platform/node/store/store.js';
import { joinRun } from '../../report/tables/run.js';
import { judgeReport } from '../../report/tables/verdict-rows.js';
import type { Claim } from '../../study/claim.js';
import type { Experiment } from '../../study/experiment.js';
import { type PresetName, type ProtocolId, protocolIds } from '../../study/names.js';
import type { Judgement } from '../../verdicts/index.js';
import { noRuns } from '../report/report-command.js';
import { columnLines, counted, print } from '../text.js';
import { readStoredRuns } from './stored-runs.js';

/** Options of `descent verify`, as parsed. */
export interface VerifyCommandOptions {
  readonly store: string;
  readonly preset?: PresetName;
  readonly set?: readonly string[];
  readonly json?: boolean;
}

/** A claim under a protocol that judges it; without a judgement the protocol was not run. */
interface JudgedClaim {
  readonly experiment: string;
  readonly claim: Claim;
  readonly protocol: ProtocolId;
  readonly judgement: Judgement | undefined;
}

/**
 * Prints the verdict on every claim of some experiments (for no id: of those that were run), from what a store holds.
 * Returns the exit code: 0 if all could be given.
 */
export async function verifyCommand(ids: readonly string[], options: VerifyCommandOptions): Promise<number> {
  const store = openStore(options.store);
  const { preset, set = [] } = options;
  const { experiments, runs, results } = await readStoredRuns(store, { set, ...(preset && { preset }) });
  requireKnown(ids, experiments);
  if (runs.length === 0) throw noRuns('verify', store.path, preset);
  // All verdicts of the store are one family, whichever of them are asked for.
  const judged = judgeReport(runs.map((run) => joinRun(run, experiments, results)));
  const isWanted = ({ id }: Experiment): boolean =>
    ids.includes('all') || (ids.length === 0 ? judged.has(id) : ids.includes(id));
  const claims = experiments.filter(isWanted).flatMap((each) => claimsOf(each, judged));
  if (options.json) print(...claims.map((claim) => JSON.stringify(flat(claim))));
  else printClaims(claims);
  return claims.every(({ judgement }) => judgement !== undefined) ? 0 : 1;
}

function requireKnown(ids: readonly string[], experiments: readonly Experiment[]): void {
  const known = experiments.map(({ id }) => id);
  const unknown = ids.find((id) => id !== 'all' && !known.includes(id));
  if (unknown === undefined) return;
  throw new UserError(
    `verify: expected an experiment (${known.join(', ')}) or all, got "${unknown}"${didYouMean(unknown, known)}`,
  );
}

function claimsOf({ id, claims }: Experiment, judged: ReturnType<typeof judgeReport>): readonly JudgedClaim[] {
  const rows = judged.get(id) ?? [];
  return claims.flatMap((claim) =>
    protocolIds
      .filter((protocol) => claim.tests[protocol] !== undefined)
      .map((protocol) => ({
        experiment: id,
        claim,
        protocol,
        judgement: rows.find((row) => row.claim === claim)?.judgements[protocolIds.indexOf(protocol)],
      })),
  );
}

function flat({ experiment, claim, protocol, judgement }: JudgedClaim): object {
  const { claim: _, protocol: __, ...found } = judgement ?? { verdict: null };
  return { experiment, claim: claim.id, statement: claim.statement, protocol, ...found };
}

function printClaims(claims: readonly JudgedClaim[]): void {
  const rows = claims.map(({ experiment, claim, protocol, judgement }) => [
    experiment,
    claim.id,
    protocol,
    judgement?.text ?? 'no verdict: not run',
  ]);
  const words = claims.map(({ judgement }) => wordOf(judgement));
  const counts = ['supported', 'refuted', 'inconclusive', 'miniature', 'not run'].map((word) => {
    const count = words.filter((each) => each === word).length;
    return `${count} ${word}`;
  });
  print(...columnLines(rows), `${counted(claims.length, 'verdict')}: ${counts.join(', ')}`);
}

function wordOf(judgement: Judgement | undefined): string {
  if (judgement === undefined) return 'not run';
  return judgement.miniature ? 'miniature' : judgement.verdict;
}
