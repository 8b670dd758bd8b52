import { counted } from '../../base/counted.js';
import { lockStore } from '../../platform/node/store/lock/store-lock.js';
import { type MergeReport, mergeStores } from '../../platform/node/store/merge/merge-stores.js';
import { openStore } from '../../platform/node/store/store.js';
import { print } from '../text.js';

/** Options of `descent merge`, as parsed. */
export interface MergeCommandOptions {
  readonly store: string;
  readonly json?: boolean;
}

/** Takes all that other stores hold into one, and says what came of it. */
export async function mergeCommand(dirs: readonly string[], options: MergeCommandOptions): Promise<void> {
  const store = openStore(options.store);
  const lock = lockStore(store.path);
  try {
    const report = await mergeStores(store, dirs);
    print(options.json ? JSON.stringify({ ...report, store: store.path }) : textOf(report, store.path));
  } finally {
    lock.release();
  }
}

function textOf({ copied, known, runs, finished, unfinished }: MergeReport, path: string): string {
  const left = unfinished === 0 ? '' : `; ${counted(unfinished, 'unfinished task')} left where they are`;
  const tasks = `${counted(copied, 'task')} copied, ${known} known before`;
  return `${tasks}; ${counted(runs, 'run')}, ${finished} of them whole${left}; store ${path}`;
}
