import type { TrainProgress } from '../engine/index.js';
import type { MetricRow } from '../engine/train-spec.js';
import type { TrialOutcome } from '../trials/run-trial.js';
import type { TrialSpec } from '../trials/trial-spec.js';

/** What a worker says about the trial that it runs. `died` may also come without one. */
export interface WorkerListener {
  rows(rows: readonly MetricRow[]): void;
  progress(progress: TrainProgress): void;
  done(outcome: TrialOutcome, durationMs: number): void;
  /** The trial ended by an error; the worker can go on. */
  failed(reason: string): void;
  /** The worker is gone. */
  died(reason: string): void;
}

/** Something that runs one whole trial at a time, beside the caller. */
export interface TrialWorker {
  run(spec: TrialSpec): void;
  terminate(): void;
}

export type StartWorker = (listener: WorkerListener) => TrialWorker;

/** What the caller hears of each task; `index` counts the tasks as they were given. */
export interface PoolListener {
  started(index: number): void;
  rows(index: number, rows: readonly MetricRow[]): void;
  progress(index: number, progress: TrainProgress): void;
  done(index: number, outcome: TrialOutcome, durationMs: number): void;
  failed(index: number, reason: string): void;
}

export interface PoolOptions {
  /** How many workers at most. */
  readonly workers: number;
  readonly startWorker: StartWorker;
  readonly listener: PoolListener;
  /** When it becomes true no further task is begun; polled before each. */
  readonly isStopping: () => boolean;
  /** Aborted: workers are terminated where they are. */
  readonly terminate: AbortSignal;
}

interface Slot {
  worker: TrialWorker | undefined;
  task: number | undefined;
}

/**
 * Runs each task on one of several workers, in the order given; ends when no task runs and none is to be begun.
 * A worker that dies fails its task with its reason, and another takes its place.
 */
export function runPool(tasks: readonly TrialSpec[], options: PoolOptions): Promise<void> {
  const { listener, terminate } = options;
  const slots: Slot[] = Array.from({ length: Math.min(options.workers, tasks.length) }, () => ({
    worker: undefined,
    task: undefined,
  }));
  let next = 0;

  return new Promise((resolve) => {
    const endIfIdle = (): void => {
      if (slots.some((slot) => slot.task !== undefined)) return;
      terminate.removeEventListener('abort', onAbort);
      for (const slot of slots) slot.worker?.terminate();
      resolve();
    };
    const settle = (slot: Slot, tell: (task: number) => void): void => {
      const { task } = slot;
      slot.task = undefined;
      if (task !== undefined) tell(task);
      begin(slot);
    };
    const begin = (slot: Slot): void => {
      const spec = tasks[next];
      if (spec === undefined || options.isStopping() || terminate.aborted) {
        endIfIdle();
        return;
      }
      slot.task = next++;
      listener.started(slot.task);
      slot.worker ??= startIn(slot);
      slot.worker.run(spec);
    };
    const startIn = (slot: Slot): TrialWorker =>
      options.startWorker({
        rows: (rows) => slot.task !== undefined && listener.rows(slot.task, rows),
        progress: (progress) => slot.task !== undefined && listener.progress(slot.task, progress),
        done: (outcome, durationMs) => settle(slot, (task) => listener.done(task, outcome, durationMs)),
        failed: (reason) => settle(slot, (task) => listener.failed(task, reason)),
        died: (reason) => {
          slot.worker = undefined;
          if (slot.task !== undefined) settle(slot, (task) => listener.failed(task, reason));
        },
      });
    const onAbort = (): void => {
      for (const slot of slots) slot.worker?.terminate();
    };
    terminate.addEventListener('abort', onAbort);
    for (const slot of slots) begin(slot);
    endIfIdle();
  });
}
