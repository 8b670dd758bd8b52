import { availableParallelism } from 'node:os';
import type { RunListener } from '../../../lab/run-tasks.js';
import type { Store } from '../../../lab/store.js';
import { type Task, taskOf } from '../../../lab/task.js';
import { parseTaskSpec, type TaskSpec } from '../../../tasks/task.js';
import type { TaskReport } from '../../../tasks/task-event.js';
import { thisMachine } from '../machine/machine.js';
import { lockStore } from '../store/lock/store-lock.js';
import { openStore } from '../store/store.js';
import { type LocalRunOptions, runLocally } from './local-lab.js';
import { createStopSwitch, type StopRequest } from './stop-request.js';

/** How tasks run in a store; all may be left out. */
export interface StoreRunOptions extends Pick<LocalRunOptions, 'dataDir' | 'checkpointEveryMs'> {
  /** Default: one for each core. */
  readonly workers?: number;
  readonly listener?: RunListener;
  /** Aborted: each trial stops before its next step, and keeps where it stands. */
  readonly signal?: AbortSignal;
}

/**
 * Runs trials and measurements on worker threads and keeps what they come to in the store of a folder; what it holds
 * already is not run again. Returns a report for each spec, in their order.
 * @throws SpecError if a spec is not valid
 * @throws UserError if the store cannot be written, is in use, or is of a newer format
 */
export async function runInStore(
  dir: string,
  specs: readonly TaskSpec[],
  options: StoreRunOptions = {},
): Promise<readonly TaskReport[]> {
  const { signal, workers = availableParallelism(), ...rest } = options;
  const tasks = specs.map((spec) => taskOf(parseTaskSpec(spec)));
  const store = openStore(dir);
  const stop = createStopSwitch();
  if (signal?.aborted) stop.stop();
  signal?.addEventListener('abort', stop.stop);
  const lock = lockStore(store.path);
  try {
    store.removeAbandoned();
    return await runStored(tasks, store, { ...rest, workers, stop });
  } finally {
    lock.release();
    signal?.removeEventListener('abort', stop.stop);
    stop.release();
  }
}

/** Runs what a store does not hold yet, and keeps it there. Only for who holds the store's lock. */
export function runStored(
  tasks: readonly Task[],
  store: Store,
  options: Pick<LocalRunOptions, 'dataDir' | 'checkpointEveryMs' | 'workers' | 'listener'> & {
    readonly stop: StopRequest;
  },
): Promise<readonly TaskReport[]> {
  const machine = thisMachine(options.workers);
  return runLocally(tasks, {
    ...options,
    store,
    known: ({ id }) => storedReport(store, id),
    begin: (task) => store.begin(task, machine),
  });
}

/** The report of a task whose result a store holds. */
export function storedReport(store: Store, id: string): TaskReport | undefined {
  if (!store.has(id)) return undefined;
  const { durationMs, ...summary } = store.readSummary(id);
  return { id, state: 'stored', summary, durationMs };
}
