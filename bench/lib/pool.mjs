// Whole trials on workers, as the command line runs them.
import { runPool } from '../../dist/lab/pool.js';
import { threadStarter } from '../../dist/platform/node/start-worker.js';

/** Runs trials on so many workers, their start included; `onDone` hears of each that ends. @throws Error if one fails */
export async function runTrials(specs, { workers, mnist, onDone = () => {} }) {
  const failures = [];
  await runPool(
    specs.map((spec) => ({ spec, after: [] })),
    {
      workers,
      startWorker: threadStarter({ stopFlag: new SharedArrayBuffer(4), ...(mnist && { mnist }) }),
      listener: {
        started() {},
        rows() {},
        progress() {},
        blocked() {},
        failed: (_index, reason) => failures.push(reason),
        done: async () => {
          onDone();
          return true;
        },
      },
      isStopping: () => false,
      terminate: new AbortController().signal,
    },
  );
  if (failures.length > 0) throw new Error(failures[0]);
}
