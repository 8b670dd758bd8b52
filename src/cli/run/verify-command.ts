import { UserError } from '../../base/errors.js';
import { didYouMean } from '../../base/nearest.js';
import { openStore } from '../../platform/node/store/store.js';
import { draftSection, joinSections, type Section } from '../../report/page/sections.js';
import { joinRun } from '../../report/tables/run.js';
import { glimpseText } from '../../report/tables/verdict-rows.js';
import type { Claim } from '../../study/claim.js';
import type { Experiment } from '../../study/experiment.js';
import { type PresetName, type ProtocolId, protocolIds } from '../../study/names.js';
import { type Glimpse, outcomeWords, type Verdict } from '../../verdicts/index.js';
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

/** A claim under a protocol that judges it, with its verdict and what the store's runs show of it. */
interface JudgedClaim {
  readonly experiment: string;
  readonly claim: Claim;
  readonly protocol: ProtocolId;
  readonly verdict: Verdict | undefined;
  readonly glimpse: Glimpse | undefined;
}

/**
 * Prints the verdict on every claim of some experiments (for no id: of those that were run), and what the runs of a
 * store show of it. Returns the exit code: 0 if all were run.
 */
export async function verifyCommand(ids: readonly string[], options: VerifyCommandOptions): Promise<number> {
  const store = openStore(options.store);
  const { preset, set = [] } = options;
  const { experiments, runs, results } = await readStoredRuns(store, { set, ...(preset && { preset }) });
  requireKnown(ids, experiments);
  if (runs.length === 0) throw noRuns('verify', store.path, preset);
  const joined = runs.map((run) => joinRun(run, experiments, results));
  const runsOf = (experiment: Experiment) => joined.filter((run) => run.experiment === experiment);
  const isWanted = (experiment: Experiment): boolean =>
    ids.includes('all') || (ids.length === 0 ? runsOf(experiment).length > 0 : ids.includes(experiment.id));
  const drafts = experiments.filter(isWanted).map((experiment) => draftSection(experiment, runsOf(experiment)));
  const claims = joinSections(drafts, []).flatMap(claimsOf);
  if (options.json) print(...claims.map((claim) => JSON.stringify(flat(claim))));
  else printClaims(claims);
  return claims.every(({ glimpse, verdict }) => glimpse !== undefined || verdict !== undefined) ? 0 : 1;
}

function requireKnown(ids: readonly string[], experiments: readonly Experiment[]): void {
  const known = experiments.map(({ id }) => id);
  const unknown = ids.find((id) => id !== 'all' && !known.includes(id));
  if (unknown === undefined) return;
  throw new UserError(
    `verify: expected an experiment (${known.join(', ')}) or all, got "${unknown}"${didYouMean(unknown, known)}`,
  );
}

const claimsOf = ({ experiment, claims }: Section): readonly JudgedClaim[] =>
  claims.flatMap(({ claim, verdicts, glimpses }) =>
    protocolIds.flatMap((protocol, place) => {
      if (claim.judged[protocol] === undefined) return [];
      return [{ experiment: experiment.id, claim, protocol, verdict: verdicts[place], glimpse: glimpses[place] }];
    }),
  );

function flat({ experiment, claim, protocol, verdict, glimpse }: JudgedClaim): object {
  const { id, statement } = claim;
  const shown = glimpse && { miniature: glimpse.miniature, parts: glimpse.parts };
  return { experiment, claim: id, statement, protocol, outcome: verdict?.outcome ?? 'notRun', glimpse: shown };
}

function printClaims(claims: readonly JudgedClaim[]): void {
  const rows = claims.map(({ experiment, claim, protocol, verdict, glimpse }) => [
    experiment,
    claim.id,
    protocol,
    [verdict?.text ?? outcomeWords.notRun, ...(glimpse ? [glimpseText(glimpse)] : [])].join('; '),
  ]);
  print(...columnLines(rows), counted(claims.length, 'claim'));
}
