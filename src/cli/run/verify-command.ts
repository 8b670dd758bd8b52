import { counted } from '../../base/counted.js';
import { UserError } from '../../base/errors.js';
import { didYouMean } from '../../base/nearest.js';
import type { ChosenExperiment } from '../../lab/plan-runs.js';
import { openStore } from '../../platform/node/store/store.js';
import { draftSection, type SectionDraft } from '../../report/model/section-draft.js';
import { joinRun } from '../../report/tables/run.js';
import { claimRows, glimpseText } from '../../report/tables/verdict-rows.js';
import type { Claim } from '../../study/claim.js';
import { type ProtocolId, protocolIds } from '../../study/names.js';
import { type Glimpse, outcomeWords, type Verdict } from '../../verdicts/index.js';
import { checkLedgers } from '../study/check-ledgers.js';
import { ledgerVerdicts } from '../study/families.js';
import { columnLines, print } from '../text.js';
import { chooseExperiments, isFile } from './choose-experiments.js';
import { readStoredRuns, withSources } from './stored-runs.js';

/** Options of `descent verify`, as parsed. */
export interface VerifyCommandOptions {
  readonly store: string;
  readonly results?: string;
  readonly json?: boolean;
  /** The share of the ledger that is computed again, in (0, 1]. */
  readonly check?: number;
  /** Chooses that share. */
  readonly seed?: number;
  readonly workers?: number;
  readonly data?: string;
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
 * Prints the verdict of the ledger on every claim of some experiments, and what the runs of a store show of it; with
 * `check` computes a share of the ledger again instead. Returns the exit code: 1 if what was computed again is another.
 */
export async function verifyCommand(names: readonly string[], options: VerifyCommandOptions): Promise<number> {
  const { chosen, drafts, verdicts } = await chosenSections(names, options);
  if (options.check !== undefined) return await checkLedgers(chosen, { ...options, share: options.check });
  const claims = drafts.flatMap((draft) => claimsOf(draft, verdicts));
  if (options.json) print(...claims.map((claim) => JSON.stringify(flat(claim))));
  else printClaims(claims);
  return 0;
}

/** The experiments that are named, or those of the package and what else was run in the store, with their claims. */
async function chosenSections(names: readonly string[], { store: dir, results: folder }: VerifyCommandOptions) {
  const { experiments, runs, results } = await readStoredRuns(openStore(dir), {});
  const known = withSources(experiments, runs);
  const files = await Promise.all(names.filter(isFile).map((name) => chooseExperiments([name])));
  const ids = names.filter((name) => !isFile(name));
  requireKnown(ids, known);
  const isWanted = ({ experiment }: ChosenExperiment): boolean =>
    names.length === 0 || ids.includes('all') || ids.includes(experiment.id);
  const chosen = [
    ...new Map([...known.filter(isWanted), ...files.flat()].map((one) => [one.experiment.id, one])).values(),
  ];
  const joined = runs.map((run) => joinRun(run, experiments, results));
  const drafts = chosen.map(({ experiment }) =>
    draftSection(
      experiment,
      joined.filter((run) => run.experiment.id === experiment.id),
    ),
  );
  return { chosen, drafts, verdicts: ledgerVerdicts(chosen, folder) };
}

function requireKnown(ids: readonly string[], experiments: readonly ChosenExperiment[]): void {
  const known = experiments.map(({ experiment }) => experiment.id);
  const unknown = ids.find((id) => id !== 'all' && !known.includes(id));
  if (unknown === undefined) return;
  throw new UserError(
    `verify: expected an experiment (${known.join(', ')}) or all, got "${unknown}"${didYouMean(unknown, known)}`,
  );
}

const claimsOf = ({ experiment, glimpses: own }: SectionDraft, ledger: readonly Verdict[]): readonly JudgedClaim[] =>
  claimRows(experiment, ledger, own).flatMap(({ claim, verdicts, glimpses }) =>
    protocolIds.flatMap((protocol, place) => {
      if (claim.judged[protocol] === undefined) return [];
      return [{ experiment: experiment.id, claim, protocol, verdict: verdicts[place], glimpse: glimpses[place] }];
    }),
  );

function flat({ experiment, claim, protocol, verdict, glimpse }: JudgedClaim): object {
  const { id, statement } = claim;
  const parts = verdict?.parts.map(({ values: _, shrink: __, test, ...part }) => ({ ...part, label: test.label }));
  return {
    ...{ experiment, claim: id, statement, protocol, outcome: verdict?.outcome ?? 'notRun', text: verdict?.text },
    ...{ registered: verdict?.registered, version: verdict?.version, parts },
    glimpse: glimpse && { miniature: glimpse.miniature, parts: glimpse.parts },
  };
}

function printClaims(claims: readonly JudgedClaim[]): void {
  const rows = claims.map(({ experiment, claim, protocol, verdict, glimpse }) => [
    experiment,
    claim.id,
    protocol,
    [verdict?.text ?? outcomeWords.notRun, ...(glimpse ? [glimpseText(glimpse)] : [])].filter(Boolean).join('; '),
  ]);
  const outcomes = claims.map(({ verdict }) => verdict?.outcome ?? 'notRun');
  const counts = [...new Set(outcomes)].map(
    (outcome) => `${outcomes.filter((one) => one === outcome).length} ${outcomeWords[outcome]}`,
  );
  print(...columnLines(rows), `${counted(claims.length, 'verdict')}: ${counts.join(', ')}`);
}
