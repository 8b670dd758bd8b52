import type { PoolOptions } from '../../lab/pool.js';
import { type RunOptions, runTrials, type TrialReport, type TrialTask } from '../../lab/run-trials.js';
import { loadMnist } from './mnist-source.js';
import { threadStarter } from './start-worker.js';

/** What decides on the end of a run, for the process and its workers alike. */
export interface StopRequest extends Pick<PoolOptions, 'isStopping' | 'terminate'> {
  /** One Int32 that workers watch; not zero: stop before the next step. */
  readonly stopFlag: SharedArrayBuffer;
}

/** How trials run on this machine. */
export interface LocalRunOptions extends Pick<RunOptions, 'known' | 'begin' | 'listener' | 'workers'> {
  readonly stop: StopRequest;
  /** A folder with MNIST's four files; by default the cache or the package. */
  readonly dataDir?: string;
}

/** Runs trials on worker threads of this process; MNIST is read only if one that is to run needs it, once for all workers. */
export async function runLocally(
  tasks: readonly TrialTask[],
  options: LocalRunOptions,
): Promise<readonly TrialReport[]> {
  const { stop, dataDir, ...run } = options;
  const needsMnist = tasks.some((task) => task.spec.data.kind === 'mnist' && options.known(task) === undefined);
  const mnist = needsMnist ? await loadMnist(dataDir === undefined ? {} : { dataDir }) : undefined;
  const startWorker = threadStarter({
    stopFlag: stop.stopFlag,
    ...(mnist && { mnist: { train: mnist.train, test: mnist.test } }),
  });
  return runTrials(tasks, { ...run, isStopping: stop.isStopping, terminate: stop.terminate, startWorker });
}
