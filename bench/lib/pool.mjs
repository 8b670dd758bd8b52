// Whole trials on workers, as the command line runs them.
import { runPool } from '../../dist/lab/pool.js';
import { threadStarter } from '../../dist/platform/node/workers/start-worker.js';

/**
 * Runs trials on so many workers, their start included; `onEvent` is called with what happens to them, `onDone` with
 * how long
 * each took.
 * @throws Error if one fails
 */
export async function runTrials(
  specs,
  { workers, mnist, checkpointEveryMs = 30_000, onEvent = () => {}, onDone = () => {} },
) {
  const failures = [];
  await runPool(
    specs.map((spec) => ({ spec, after: [] })),
    {
      workers,
      startWorker: threadStarter({ stopFlag: new SharedArrayBuffer(4), checkpointEveryMs, ...(mnist && { mnist }) }),
      listener: {
        resume: () => undefined,
        listen: (_index, event) => {
          onEvent(event);
          if (event.kind === 'failed' || event.kind === 'retried') failures.push(event.reason);
        },
        keep: async (_index, { durationMs }) => {
          onDone(durationMs);
          return true;
        },
      },
      isStopping: () => false,
      terminate: new AbortController().signal,
    },
  );
  if (failures.length > 0) throw new Error(failures[0]);
}
