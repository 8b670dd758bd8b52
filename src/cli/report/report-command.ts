import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { counted } from '../../base/counted.js';
import { UserError } from '../../base/errors.js';
import type { RunRecord } from '../../lab/record.js';
import type { Store } from '../../lab/store.js';
import { resultReader } from '../../lab/stored-runs.js';
import { items } from '../../original/index.js';
import { openStore } from '../../platform/node/store/store.js';
import { draftSection } from '../../report/model/section-draft.js';
import { joinRun } from '../../report/tables/run.js';
import type { Experiment } from '../../study/experiment.js';
import type { PresetName } from '../../study/names.js';
import type { Verdict } from '../../verdicts/index.js';
import { chooseRuns, withSources } from '../run/stored-runs.js';
import { ledgerVerdicts, workOfLedgers } from '../study/families.js';
import { print } from '../text.js';
import { drawingProgress } from './drawing-progress.js';
import { isWritten, rememberWritten, reportKey } from './report-memo.js';
import { type DrawingCount, ReportWriter } from './report-writer.js';

/** Options of `descent report`, as parsed. */
export interface ReportCommandOptions {
  readonly store: string;
  readonly out: string;
  readonly preset?: PresetName;
  readonly set?: readonly string[];
  readonly results?: string;
}

/** Writes the report of a store's runs and says where it is. Returns the exit code. */
export async function reportCommand({
  store: dir,
  out,
  preset,
  set = [],
  results,
}: ReportCommandOptions): Promise<number> {
  const store = openStore(dir);
  const { experiments, runs } = await chooseRuns(store, { set, ...(preset && { preset }) });
  const verdicts = (): readonly Verdict[] => ledgerVerdicts(withSources(experiments, runs), results);
  if (runs.length === 0) {
    if (verdicts().every(isUnrun)) throw noRuns('report', store.path, preset);
    print(`no run in ${store.path}: the page has the verdicts of the ledger, and no figures`);
  }
  const key = reportKey(store.path, runs, results);
  if (key !== undefined && isWritten(out, key)) {
    sayMissing(store, runs);
    print(`report: ${resolve(out, 'index.html')} (nothing has changed since it was written)`);
    return 0;
  }
  const progress = drawingProgress();
  let isAll = false;
  const onCount = (count: DrawingCount): void => progress.show(count, isAll);
  const writer = new ReportWriter({
    out,
    experiments,
    verdicts,
    work: () => workOfLedgers(withSources(experiments, runs), results),
    items,
    threads: availableParallelism(),
    onCount,
  });
  const reader = resultReader(store);
  try {
    for (const { experiment, own } of smallestFirst(experiments, runs)) {
      const found = await reader.read(own);
      writer.add(
        draftSection(
          experiment,
          own.map((run) => joinRun(run, experiments, found)),
        ),
      );
    }
    isAll = true;
    writer.writeEarly();
    const files = await writer.finish();
    if (key !== undefined) rememberWritten(out, key, files);
  } finally {
    writer.close();
    progress.close();
  }
  sayMissing(store, runs);
  print(`report: ${writer.pagePath}`);
  return 0;
}

/** Experiments with their runs, those with the fewest results first: their figures are drawn while others are read. */
function smallestFirst(experiments: readonly Experiment[], runs: readonly RunRecord[]) {
  const all = experiments.map((experiment) => {
    const own = runs.filter((run) => run.experiment === experiment.id);
    return { experiment, own, tasks: own.reduce((sum, run) => sum + run.trials.length + run.measurements.length, 0) };
  });
  return all.toSorted((a, b) => a.tasks - b.tasks);
}

/** Whether no seed that counts has run. */
const isUnrun = ({ parts }: Verdict): boolean => parts.every(({ values }) => values.length === 0);

function sayMissing(store: Store, runs: readonly RunRecord[]): void {
  const ids = new Set(runs.flatMap(({ trials, measurements }) => [...trials, ...measurements].map(({ id }) => id)));
  const missing = [...ids].filter((id) => !store.has(id)).length;
  if (missing > 0) print(`${counted(missing, 'task')} of these runs not finished, shown as missing`);
}

/** The error for a store without what is asked for. */
export function noRuns(command: string, store: string, preset: PresetName | undefined): UserError {
  const wanted = preset === undefined ? '' : ` of preset ${preset}`;
  return new UserError(`${command}: expected a run in ${store}, got none${wanted}; start one with: descent run`);
}
