import { Worker } from 'node:worker_threads';
import type { StartWorker } from '../../lab/pool.js';
import type { WorkerMessage, WorkerRequest, WorkerStart } from './worker-messages.js';

/** Of JavaScript's own heap, in MiB; a worker that needs more ends alone, not with the whole process. Kernels and images lie outside it. */
const heapLimitMb = 512;

/** Starts worker threads that run tasks; `entry` is the program of a worker. */
export function threadStarter(
  start: WorkerStart,
  entry: URL = new URL('./task-worker.js', import.meta.url),
): StartWorker {
  return (listener) => {
    const worker = new Worker(entry, { workerData: start, resourceLimits: { maxOldGenerationSizeMb: heapLimitMb } });
    let reason: string | undefined;
    worker.on('message', (message: WorkerMessage) => {
      switch (message.kind) {
        case 'update':
          if (message.rows.length > 0) listener.rows(message.rows);
          if (message.progress) listener.progress(message.progress);
          break;
        case 'done':
          listener.done(message.outcome, message.durationMs);
          break;
        case 'failed':
          listener.failed(message.reason);
          break;
      }
    });
    worker.on('error', (error: Error) => {
      reason = `the worker crashed: ${error.message}`;
    });
    // An error is always followed by the exit.
    worker.on('exit', (code) => listener.died(reason ?? `the worker ended unexpectedly with exit code ${code}`));
    return {
      run: (spec) => worker.postMessage({ spec } satisfies WorkerRequest),
      terminate: () => {
        worker.terminate();
      },
    };
  };
}
