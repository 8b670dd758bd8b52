/** The program of a worker thread: runs the trials that it is sent, one after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import type { TrainProgress } from '../../engine/index.js';
import type { MetricRow } from '../../engine/train-spec.js';
import { runTrial } from '../../trials/run-trial.js';
import type { TrialSpec } from '../../trials/trial-spec.js';
import type { WorkerMessage, WorkerRequest, WorkerStart } from './worker-messages.js';

const updateEveryMs = 100;
/** Rows that are sent even before the time is up, so that they do not pile up. */
const rowsAtMost = 2000;

const { stopFlag, mnist } = workerData as WorkerStart;
const stop = new Int32Array(stopFlag);

function send(message: WorkerMessage, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

parentPort?.on('message', ({ spec }: WorkerRequest) => {
  run(spec).catch((error: unknown) => {
    send({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  });
});

async function run(spec: TrialSpec): Promise<void> {
  const updates = updateSender();
  const start = performance.now();
  const outcome = await runTrial(spec, {
    loadMnist: async () => {
      if (mnist === undefined) throw new Error('MNIST: expected by a trial, but this worker was started without it');
      return mnist;
    },
    onRow: updates.addRow,
    onProgress: updates.progress,
    shouldStop: () => Atomics.load(stop, 0) !== 0,
  });
  updates.flush();
  send({ kind: 'done', outcome, durationMs: performance.now() - start }, [outcome.parameters.buffer]);
}

function updateSender() {
  let rows: MetricRow[] = [];
  let latest: TrainProgress | undefined;
  let sentAt = performance.now();
  const flush = (): void => {
    send({ kind: 'update', rows, ...(latest && { progress: latest }) });
    rows = [];
    sentAt = performance.now();
  };
  return {
    flush,
    addRow: (row: MetricRow): void => {
      rows.push(row);
      if (rows.length >= rowsAtMost) flush();
    },
    progress: (progress: TrainProgress): void => {
      latest = progress;
      if (performance.now() - sentAt >= updateEveryMs) flush();
    },
  };
}
