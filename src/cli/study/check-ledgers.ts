import { mkdtempSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { counted } from '../../base/counted.js';
import type { ChosenExperiment } from '../../lab/plan-runs.js';
import { type CheckedRow, checkRow, chooseRows } from '../../lab/study/check-ledger.js';
import { removeFolder } from '../../platform/node/files.js';
import { openStore } from '../../platform/node/store/store.js';
import { runStored } from '../../platform/node/workers/run-in-store.js';
import { watchSignals } from '../interrupt.js';
import { print } from '../text.js';
import { familiesOf, resultsIn } from './families.js';

/** What is computed again, and how. */
export interface CheckOptions {
  readonly share: number;
  /** Chooses which. Default: another each time. */
  readonly seed?: number;
  readonly workers?: number;
  readonly data?: string;
  readonly results?: string;
}

/**
 * Computes a random share of the ledgers' rows again, in a store of its own, and compares task ids, result hashes and
 * values. Returns the exit code: 1 if anything is another.
 */
export async function checkLedgers(chosen: readonly ChosenExperiment[], options: CheckOptions): Promise<number> {
  const { share, seed = Date.now() % 2 ** 32 } = options;
  const rows = familiesOf(chosen, options.results).flatMap(({ results, experiments }) =>
    chooseRows(experiments, results.read(), { share, seed }),
  );
  const tasks = [...new Map(rows.flatMap((row) => row.tasks).map((task) => [task.id, task])).values()];
  print(`${counted(rows.length, 'row')} of the ledger, ${counted(tasks.length, 'task')}; --seed ${seed}`);
  const folder = mkdtempSync(join(tmpdir(), 'descent-check-'));
  try {
    return await checkIn(folder, rows, options);
  } finally {
    removeFolder(folder);
  }
}

async function checkIn(folder: string, rows: readonly CheckedRow[], options: CheckOptions): Promise<number> {
  const { workers = availableParallelism(), data } = options;
  const store = openStore(folder);
  const planned = new Map(rows.flatMap((row) => row.tasks).map((task) => [task.id, task]));
  const signals = watchSignals();
  const tasks = [...planned.values()].map(({ id, spec }) => ({ id, spec }));
  await runStored(tasks, store, { workers, stop: signals, ...(data !== undefined && { dataDir: data }) }).finally(
    signals.release,
  );
  const stopped = signals.exitCode();
  if (stopped !== undefined) return stopped;
  const checked = await Promise.all(rows.map((row) => checkRow(row, resultsIn(store))));
  const problems = checked.flatMap((problem) => problem ?? []);
  print(
    ...problems,
    problems.length === 0 ? 'all are the same, to the bit' : `not the same: ${counted(problems.length, 'row')}`,
  );
  return problems.length === 0 ? 0 : 1;
}
