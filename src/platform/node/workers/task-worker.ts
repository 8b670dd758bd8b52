/** The program of a worker thread: runs the tasks that it is sent, one after the other. */
import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { canonicalJson } from '../../../base/canonical-json.js';
import { sha256Hex } from '../../../base/sha256.js';
import { kernelOutcomes } from '../../../engine/bindings/kernel-bits.js';
import { useKernels } from '../../../engine/bindings/kernels.js';
import type { MetricRow } from '../../../engine/training/observations/index.js';
import type { TrialCheckpoint } from '../../../tasks/checkpoint.js';
import { runMeasurement } from '../../../tasks/run-measurement.js';
import { runTrial, type TrialHost } from '../../../tasks/run-trial.js';
import type { TaskOutcome, TaskProgress, WorkerEvent } from '../../../tasks/task-event.js';
import { loadNativeTier } from '../native/addon.js';
import { readTrialOf } from '../store/finished-trials.js';
import type { OwnWorkerStart, TaskRequest, WorkerRequest } from './worker-messages.js';

const updateEveryMs = 100;
/** Rows that are sent even before the time is up, so that they do not pile up. */
const rowsAtMost = 2000;

/** Steps of a measurement's progress. */
const thousandths = 1000;

const { stopFlag, checkpointEveryMs, pulse, mnist, store, kernels } = workerData as OwnWorkerStart;
if (kernels !== undefined) useKernels(loadNativeTier(kernels));
const stop = new Int32Array(stopFlag);
const beats = new Int32Array(pulse);
const beat = (): void => {
  Atomics.add(beats, 0, 1);
};

const host = {
  loadMnist: async () => {
    if (mnist === undefined) throw new Error('MNIST: expected by a task, but this worker was started without it');
    return mnist;
  },
  loadTrial: async (id: string) => {
    if (store === undefined)
      throw new Error(`trial ${id}: expected by a task, but this worker was started without a store`);
    return readTrialOf(store, id);
  },
  sha256: () => createHash('sha256'),
  shouldStop: () => {
    beat();
    return Atomics.load(stop, 0) !== 0;
  },
} satisfies TrialHost;

function emit(event: WorkerEvent, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(event, transfer);
}

parentPort?.on('message', (request: WorkerRequest) => {
  run(request).catch((error: unknown) => {
    emit({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  });
});

async function run(request: WorkerRequest): Promise<void> {
  if ('check' in request) await checkKernels();
  else await runTask(request);
}

/** The kernels of this very thread compute what they must, or do not. */
async function checkKernels(): Promise<void> {
  const start = performance.now();
  const hash = sha256Hex(canonicalJson(await kernelOutcomes()));
  emit({ kind: 'done', outcome: { result: { values: {}, columns: {} }, hash }, durationMs: performance.now() - start });
}

async function runTask({ spec, from, until = Number.POSITIVE_INFINITY }: TaskRequest): Promise<void> {
  const updates = updateSender();
  const start = performance.now() - (from?.durationMs ?? 0);
  const durationMs = (): number => performance.now() - start;
  const outcome =
    spec.kind === 'measurement'
      ? await runMeasurement(spec, { ...host, onProgress: measuredSender(updates.progress) })
      : await runTrial(
          spec,
          {
            ...host,
            ...checkpointSender(updates.flush, durationMs),
            ...stopAfter(until, from?.checkpoint.train.step ?? 0, updates.progress),
            onRow: updates.addRow,
          },
          from,
        );
  updates.flush();
  emit({ kind: 'done', outcome, durationMs: durationMs() }, buffersOf(outcome));
}

/** Counts steps, so that a trial stops after `until` of them unless it is stopped before. */
function stopAfter(until: number, start: number, send: (progress: TaskProgress) => void) {
  let step = start;
  return {
    shouldStop: () => host.shouldStop() || step >= until,
    onProgress(progress: TaskProgress): void {
      step = progress.step;
      send(progress);
    },
  };
}

/** Memory that is handed over, not copied. */
function buffersOf(outcome: TaskOutcome): readonly ArrayBuffer[] {
  if (!('summary' in outcome)) return [];
  const { parameters, snapshots } = outcome;
  return [parameters.buffer, ...(snapshots ? [snapshots.values.buffer] : [])];
}

/** A measurement asks rarely whether to stop: its progress is its sign of life. */
const measuredSender =
  (send: (progress: TaskProgress) => void) =>
  (share: number): void => {
    beat();
    send({ step: Math.round(share * thousandths), steps: thousandths });
  };

/** Sends where a trial stands, by the clock, after all rows that it had emitted by then. */
function checkpointSender(flush: () => void, durationMs: () => number) {
  let sentAt = performance.now();
  return {
    checkpointDue: () => performance.now() - sentAt >= checkpointEveryMs,
    onCheckpoint(checkpoint: TrialCheckpoint): void {
      flush();
      const { parameters, optimizer } = checkpoint.train;
      const arrays = [parameters, ...optimizer.moments, ...(checkpoint.snapshots ? [checkpoint.snapshots.values] : [])];
      emit(
        { kind: 'checkpoint', checkpoint, durationMs: durationMs() },
        arrays.map(({ buffer }) => buffer as ArrayBuffer),
      );
      sentAt = performance.now();
    },
  };
}

/** Sends rows and progress in batches, by the clock. */
function updateSender() {
  let rows: MetricRow[] = [];
  let latest: TaskProgress | undefined;
  let sentAt = performance.now();
  const flush = (): void => {
    if (rows.length > 0) emit({ kind: 'rows', rows });
    if (latest) emit({ kind: 'progress', progress: latest });
    rows = [];
    sentAt = performance.now();
  };
  return {
    flush,
    addRow: (row: MetricRow): void => {
      rows.push(row);
      if (rows.length >= rowsAtMost) flush();
    },
    progress: (progress: TaskProgress): void => {
      latest = progress;
      if (performance.now() - sentAt >= updateEveryMs) flush();
    },
  };
}
