import { Worker } from 'node:worker_threads';
import type { TaskWorker } from '../../../lab/pool.js';
import type { ResumePoint } from '../../../lab/store.js';
import type { TaskSpec } from '../../../tasks/task.js';
import type { WorkerEvent } from '../../../tasks/task-event.js';
import { nativeKernels } from '../native/choose-kernels.js';
import type { OwnWorkerStart, WorkerRequest, WorkerStart } from './worker-messages.js';

/**
 * Of JavaScript's own heap, in MiB; a worker that needs more ends alone, not with the whole process. Kernels and images
 * lie outside it.
 */
const defaultHeapLimitMb = 512;

/**
 * A worker that has shown no sign of life for so long hangs. No step and no part of a measurement takes nearly as long.
 */
const defaultHangAfterMs = 600_000;

/** What worker threads run, and how long they may be silent. */
export interface ThreadOptions {
  /** The program of a worker. */
  readonly entry?: URL;
  /** How long a worker may show no sign of life while it has a task. Default 10 minutes. */
  readonly hangAfterMs?: number;
  /** JavaScript's own heap of a worker, in MiB. Default 512. */
  readonly heapLimitMb?: number;
}

/** A worker thread. */
export interface ThreadWorker extends TaskWorker {
  /** Runs a task; a trial no further than after `until` steps. */
  run(spec: TaskSpec, from?: ResumePoint, until?: number): void;
  /** Runs the bit test of its kernels: it emits `done` with the hash of their outcomes. */
  check(): void;
}

/** Starts worker threads that run tasks; a thread that ends, whyever, emits `died`. */
export function threadStarter(
  start: WorkerStart,
  options: ThreadOptions = {},
): (listener: (event: WorkerEvent) => void) => ThreadWorker {
  const { entry = new URL('./task-worker.js', import.meta.url), hangAfterMs = defaultHangAfterMs } = options;
  const { heapLimitMb = defaultHeapLimitMb } = options;
  return (listener) => {
    const pulse = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const kernels = nativeKernels()?.path;
    const worker = new Worker(entry, {
      workerData: { ...start, pulse, ...(kernels && { kernels }) } satisfies OwnWorkerStart,
      resourceLimits: { maxOldGenerationSizeMb: heapLimitMb },
    });
    let reason: string | undefined;
    const watch = watchPulse(new Int32Array(pulse), hangAfterMs, () => {
      reason = `the worker hung: no sign of life for ${hangAfterMs / 1000} s`;
      worker.terminate();
    });
    worker.on('message', (event: WorkerEvent) => {
      if (event.kind === 'done' || event.kind === 'failed') watch.rest();
      listener(event);
    });
    worker.on('error', (error: Error) => {
      reason ??= `the worker crashed: ${error.message}`;
    });
    // An error is always followed by the exit.
    worker.on('exit', (code) => {
      watch.rest();
      listener({ kind: 'died', reason: reason ?? `the worker ended unexpectedly with exit code ${code}` });
    });
    return {
      check() {
        watch.start();
        worker.postMessage({ check: 'kernels' } satisfies WorkerRequest);
      },
      run(spec, from, until) {
        watch.start();
        const request: WorkerRequest = { spec, ...(from && { from }), ...(until !== undefined && { until }) };
        worker.postMessage(request);
      },
      terminate: () => {
        worker.terminate();
      },
    };
  };
}

/** How often a worker is looked at in the time that it may show no sign of life. */
const looks = 4;

/**
 * Calls back when a number has not changed for a time. Looks are counted and no clock is read: a process that was
 * stopped as a whole (Ctrl-Z, a machine asleep) has missed many looks when it continues, and makes up for one.
 */
function watchPulse(pulse: Int32Array, afterMs: number, onStandstill: () => void) {
  let timer: NodeJS.Timeout | undefined;
  const rest = (): void => clearInterval(timer);
  return {
    rest,
    start(): void {
      rest();
      let last = Atomics.load(pulse, 0);
      let quiet = 0;
      timer = setInterval(() => {
        const now = Atomics.load(pulse, 0);
        quiet = now === last ? quiet + 1 : 0;
        last = now;
        if (quiet < looks) return;
        rest();
        onStandstill();
      }, afterMs / looks);
    },
  };
}
