// Whole trials on workers, as the command line runs them.
import { runPool } from '../../dist/lab/pool.js';
import { threadStarter } from '../../dist/platform/node/workers/start-worker.js';

/** Runs trials on so many workers, their start included; `onDone` hears of each that ends, and how long it took. @throws Error if one fails */
export async function runTrials(
  specs,
  { workers, mnist, checkpointEveryMs = 30_000, listener = {}, onDone = () => {} },
) {
  const failures = [];
  await runPool(
    specs.map((spec) => ({ spec, after: [] })),
    {
      workers,
      startWorker: threadStarter({ stopFlag: new SharedArrayBuffer(4), checkpointEveryMs, ...(mnist && { mnist }) }),
      listener: {
        started() {},
        rows() {},
        progress() {},
        checkpoint() {},
        blocked() {},
        retried: (_index, reason) => failures.push(reason),
        failed: (_index, reason) => failures.push(reason),
        done: async (_index, _outcome, durationMs) => {
          onDone(durationMs);
          return true;
        },
        ...listener,
      },
      isStopping: () => false,
      terminate: new AbortController().signal,
    },
  );
  if (failures.length > 0) throw new Error(failures[0]);
}
