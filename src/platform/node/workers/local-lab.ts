import { readsMnist } from '../../../data/sources/index.js';
import { type RunQueue, runPool } from '../../../lab/pool.js';
import { type RunOptions, runTasks } from '../../../lab/run-tasks.js';
import type { Store } from '../../../lab/store.js';
import type { Task } from '../../../lab/task.js';
import { workOfEach } from '../../../tasks/cost/cost.js';
import { dataOf, needsOf, type TaskSpec } from '../../../tasks/task.js';
import type { TaskReport } from '../../../tasks/task-event.js';
import { loadMnist } from '../data/mnist-source.js';
import { threadStarter } from './start-worker.js';
import type { StopRequest } from './stop-request.js';

/** How tasks run on this machine. */
export interface LocalRunOptions extends Pick<RunOptions, 'known' | 'begin' | 'listener' | 'workers'> {
  readonly stop: StopRequest;
  /** Where the trials are that tasks start from. */
  readonly store?: Store;
  /** A folder with MNIST's four files; by default the cache or the package. */
  readonly dataDir?: string;
  /** How often a trial keeps where it stands. Default 30 s: about as much is lost at most when a machine fails. */
  readonly checkpointEveryMs?: number;
}

/**
 * Runs tasks on worker threads of this process; MNIST is read only if one that is to run needs it, once for all
 * workers.
 */
export async function runLocally(tasks: readonly Task[], options: LocalRunOptions): Promise<readonly TaskReport[]> {
  const { stop, dataDir, store, checkpointEveryMs = 30_000, workers, ...run } = options;
  const mnist = needsMnist(tasks, options) ? await loadMnist(dataDir === undefined ? {} : { dataDir }) : undefined;
  const startWorker = threadStarter({
    stopFlag: stop.stopFlag,
    checkpointEveryMs,
    ...(mnist && { mnist: { train: mnist.train, test: mnist.test } }),
    ...(store && { store: store.path }),
  });
  const has = (id: string): boolean => store?.has(id) ?? false;
  const work = workOfEach(tasks);
  const runQueue: RunQueue = (queue, queueOptions) => runPool(queue, { ...queueOptions, workers, startWorker });
  const { isStopping, terminate } = stop;
  return runTasks(tasks, { ...run, has, work, workers, isStopping, terminate, runQueue });
}

/** A measurement reads the data of the trials that it is taken of. */
export function needsMnist(
  tasks: readonly Task[],
  { known, store }: Pick<LocalRunOptions, 'known' | 'store'>,
): boolean {
  const specs = new Map(tasks.map(({ id, spec }) => [id, spec]));
  const readsItself = (spec: TaskSpec): boolean => {
    const data = dataOf(spec);
    return data !== undefined && readsMnist(data);
  };
  const reads = ({ spec }: Task): boolean =>
    readsItself(spec) ||
    needsOf(spec).some((id) => {
      const needed = specs.get(id) ?? (store?.has(id) ? store.readFinished(id).spec : undefined);
      return needed !== undefined && readsItself(needed);
    });
  return tasks.some((task) => known(task) === undefined && reads(task));
}
