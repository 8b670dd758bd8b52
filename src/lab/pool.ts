import type { MetricRow } from '../engine/train-spec.js';
import type { TaskSpec } from '../trials/task.js';
import type { TaskOutcome, TaskProgress } from './task.js';

/** What a worker says about the task that it runs. `died` may also come without one. */
export interface WorkerListener {
  rows(rows: readonly MetricRow[]): void;
  progress(progress: TaskProgress): void;
  done(outcome: TaskOutcome, durationMs: number): void;
  /** The task ended by an error; the worker can go on. */
  failed(reason: string): void;
  /** The worker is gone. */
  died(reason: string): void;
}

/** Something that runs one whole task at a time, beside the caller. */
export interface TaskWorker {
  run(spec: TaskSpec): void;
  terminate(): void;
}

export type StartWorker = (listener: WorkerListener) => TaskWorker;

/** A task, and the positions of those that must have ended well before it begins. */
export interface PoolTask {
  readonly spec: TaskSpec;
  readonly after: readonly number[];
}

/** What the caller hears of each task; `index` counts the tasks as they were given. */
export interface PoolListener {
  started(index: number): void;
  rows(index: number, rows: readonly MetricRow[]): void;
  progress(index: number, progress: TaskProgress): void;
  /** Says, once the outcome is kept, whether it is: only then those begin that wait for it. */
  done(index: number, outcome: TaskOutcome, durationMs: number): Promise<boolean>;
  failed(index: number, reason: string): void;
  /** The task never begins, as the one at `by` has not ended well. */
  blocked(index: number, by: number): void;
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
  worker: TaskWorker | undefined;
  task: number | undefined;
}

type TaskState = 'waiting' | 'running' | 'done' | 'failed';

/**
 * Runs each task on one of several workers, in the order given as far as they need not wait for each other; ends when no task runs and none is to be begun.
 * A worker that dies fails its task with its reason, and another takes its place. What waits for a failed task is blocked.
 */
export function runPool(tasks: readonly PoolTask[], options: PoolOptions): Promise<void> {
  const { listener, terminate } = options;
  const slots: Slot[] = Array.from({ length: Math.min(options.workers, tasks.length) }, () => ({
    worker: undefined,
    task: undefined,
  }));
  const states: TaskState[] = tasks.map(() => 'waiting');
  /** Before this one none waits. */
  let first = 0;
  let running = 0;

  return new Promise((resolve) => {
    const nextReady = (): number => {
      if (options.isStopping() || terminate.aborted) return -1;
      while (first < tasks.length && states[first] !== 'waiting') first++;
      for (let i = first; i < tasks.length; i++) {
        if (states[i] === 'waiting' && tasks[i]!.after.every((j) => states[j] === 'done')) return i;
      }
      return -1;
    };
    /** Gives every idle slot a task; without any left to wait for, it is over. */
    const goOn = (): void => {
      for (const slot of slots) {
        const index = slot.task === undefined ? nextReady() : -1;
        if (index >= 0) begin(slot, index);
      }
      if (running > 0) return;
      terminate.removeEventListener('abort', onAbort);
      for (const slot of slots) slot.worker?.terminate();
      resolve();
    };
    const begin = (slot: Slot, index: number): void => {
      slot.task = index;
      states[index] = 'running';
      running++;
      listener.started(index);
      slot.worker ??= startIn(slot);
      slot.worker.run(tasks[index]!.spec);
    };
    const settle = (index: number, isGood: boolean): void => {
      states[index] = isGood ? 'done' : 'failed';
      running--;
      if (!isGood) block(index);
      goOn();
    };
    const block = (by: number): void => {
      tasks.forEach(({ after }, i) => {
        if (states[i] !== 'waiting' || !after.includes(by)) return;
        states[i] = 'failed';
        listener.blocked(i, by);
        block(i);
      });
    };
    /** Takes the task from its slot. */
    const free = (slot: Slot, tell: (index: number) => void): void => {
      const { task } = slot;
      slot.task = undefined;
      if (task !== undefined) tell(task);
    };
    const fail = (slot: Slot, reason: string): void =>
      free(slot, (index) => {
        listener.failed(index, reason);
        settle(index, false);
      });
    const startIn = (slot: Slot): TaskWorker =>
      options.startWorker({
        rows: (rows) => slot.task !== undefined && listener.rows(slot.task, rows),
        progress: (progress) => slot.task !== undefined && listener.progress(slot.task, progress),
        done: (outcome, durationMs) =>
          free(slot, (index) => {
            listener.done(index, outcome, durationMs).then((isKept) => settle(index, isKept));
            goOn();
          }),
        failed: (reason) => fail(slot, reason),
        died: (reason) => {
          slot.worker = undefined;
          fail(slot, reason);
        },
      });
    const onAbort = (): void => {
      for (const slot of slots) slot.worker?.terminate();
    };
    terminate.addEventListener('abort', onAbort);
    goOn();
  });
}
