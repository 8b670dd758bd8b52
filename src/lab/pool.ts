import type { MetricRow } from '../engine/training/observations/index.js';
import type { TrialCheckpoint } from '../tasks/checkpoint.js';
import type { TaskSpec } from '../tasks/task.js';
import type { ResumePoint } from './store.js';
import type { TaskOutcome, TaskProgress } from './task.js';

/** What a worker says about the task that it runs. `died` may also come without one. */
export interface WorkerListener {
  rows(rows: readonly MetricRow[]): void;
  progress(progress: TaskProgress): void;
  /** Where the trial stands, after the rows so far. */
  checkpoint(checkpoint: TrialCheckpoint, durationMs: number): void;
  done(outcome: TaskOutcome, durationMs: number): void;
  /** The task ended by an error; the worker can go on. */
  failed(reason: string): void;
  /** The worker is gone. */
  died(reason: string): void;
}

/** Something that runs one whole task at a time, beside the caller. */
export interface TaskWorker {
  run(spec: TaskSpec, from?: ResumePoint): void;
  terminate(): void;
}

export type StartWorker = (listener: WorkerListener) => TaskWorker;

/** A task, and the positions of those that must have ended well before it begins. */
export interface PoolTask {
  readonly spec: TaskSpec;
  readonly after: readonly number[];
}

/** What the caller hears of each task; `index` counts the tasks as they were given. What `started`, `rows` or `checkpoint` throws ends the task as failed. */
export interface PoolListener {
  /** Says where the task goes on from, if it was begun before. */
  started(index: number): ResumePoint | undefined;
  rows(index: number, rows: readonly MetricRow[]): void;
  progress(index: number, progress: TaskProgress): void;
  checkpoint(index: number, checkpoint: TrialCheckpoint, durationMs: number): void;
  /** Says, once the outcome is kept, whether it is: only then those begin that wait for it. */
  done(index: number, outcome: TaskOutcome, durationMs: number): Promise<boolean>;
  failed(index: number, reason: string): void;
  /** The task's worker died; the task is started once more. */
  retried(index: number, reason: string): void;
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
 * A worker that dies is replaced by another, and its task is started once more; the second time it fails with the reason. What waits for a failed task is blocked.
 */
export function runPool(tasks: readonly PoolTask[], options: PoolOptions): Promise<void> {
  const { listener, terminate } = options;
  const slots: Slot[] = Array.from({ length: Math.min(options.workers, tasks.length) }, () => ({
    worker: undefined,
    task: undefined,
  }));
  const states: TaskState[] = tasks.map(() => 'waiting');
  const retried = new Set<number>();
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
      attempt(slot, () => {
        const from = listener.started(index);
        slot.worker ??= startIn(slot);
        slot.worker.run(tasks[index]!.spec, from);
      });
    };
    /** Fails the slot's task, and ends its worker, if the listener cannot take what there is to tell. */
    const attempt = (slot: Slot, tell: () => void): void => {
      try {
        tell();
      } catch (error) {
        slot.worker?.terminate();
        slot.worker = undefined;
        // Later, so that tasks that fail at once one after the other do not pile up on the stack.
        queueMicrotask(() => fail(slot, error instanceof Error ? error.message : String(error)));
      }
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
    /** A task whose worker died waits again, once. */
    const retry = (slot: Slot, reason: string): void => {
      const { task } = slot;
      if (task === undefined || retried.has(task) || options.isStopping() || terminate.aborted) {
        fail(slot, reason);
        return;
      }
      free(slot, (index) => {
        retried.add(index);
        states[index] = 'waiting';
        first = Math.min(first, index);
        running--;
        listener.retried(index, reason);
        goOn();
      });
    };
    const startIn = (slot: Slot): TaskWorker => {
      /** Nothing is heard of a worker that was given up. */
      const heard = (hear: (index: number) => void): void => {
        if (slot.worker === worker && slot.task !== undefined) hear(slot.task);
      };
      const worker = options.startWorker({
        rows: (rows) => heard((index) => attempt(slot, () => listener.rows(index, rows))),
        progress: (progress) => heard((index) => listener.progress(index, progress)),
        checkpoint: (checkpoint, durationMs) =>
          heard((index) => attempt(slot, () => listener.checkpoint(index, checkpoint, durationMs))),
        done: (outcome, durationMs) =>
          heard(() =>
            free(slot, (index) => {
              listener.done(index, outcome, durationMs).then((isKept) => settle(index, isKept));
              goOn();
            }),
          ),
        failed: (reason) => heard(() => fail(slot, reason)),
        died: (reason) => {
          if (slot.worker !== worker) return;
          slot.worker = undefined;
          retry(slot, reason);
        },
      });
      return worker;
    };
    const onAbort = (): void => {
      for (const slot of slots) slot.worker?.terminate();
    };
    terminate.addEventListener('abort', onAbort);
    goOn();
  });
}
