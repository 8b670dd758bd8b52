import type { TaskSpec } from '../tasks/task.js';
import type { TaskEventOf, WorkerEvent } from '../tasks/task-event.js';
import type { ResumePoint } from './store.js';
import { createQueue, putBack, type QueuedTask, settle, type TaskQueue, takeReady } from './task-queue.js';

/** Something that runs one whole task at a time, beside the caller. */
export interface TaskWorker {
  run(spec: TaskSpec, from?: ResumePoint): void;
  terminate(): void;
}

/** Starts a worker that emits to the listener. */
export type StartWorker = (listener: (event: WorkerEvent) => void) => TaskWorker;

/** Whoever has tasks run, by a pool or otherwise. `index` is a task's position in the list. */
export interface TaskListener {
  /** Where a task that is about to start resumes, if it was started before. What it throws fails the task. */
  resume(index: number): ResumePoint | undefined;
  /** What happens to a task. What it throws upon `rows`, `progress` or `checkpoint` fails the task. */
  listen(
    index: number,
    event: TaskEventOf<'rows' | 'progress' | 'checkpoint' | 'failed' | 'retried' | 'blocked'>,
  ): void;
  /** Keeps an outcome; resolves to whether it is kept: only then those start that wait for it. */
  keep(index: number, done: TaskEventOf<'done' | 'published'>): Promise<boolean>;
}

/** What whoever runs a queue of tasks listens to, and emits to. */
export interface QueueOptions {
  readonly listener: TaskListener;
  /** Once it returns true no further task starts; polled before each. */
  readonly isStopping: () => boolean;
  /** Aborted: workers are terminated where they are. */
  readonly terminate: AbortSignal;
}

/** Runs each task after those that it waits for; ends when no task runs and none is to start. */
export type RunQueue = (tasks: readonly QueuedTask[], options: QueueOptions) => Promise<void>;

/** How a pool runs its tasks. */
export interface PoolOptions extends QueueOptions {
  /** How many workers at most. */
  readonly workers: number;
  readonly startWorker: StartWorker;
}

/** A place for one worker, and the task on it. */
interface Slot {
  worker: TaskWorker | undefined;
  task: number | undefined;
}

interface Pool {
  readonly options: PoolOptions;
  readonly queue: TaskQueue;
  readonly slots: readonly Slot[];
  readonly onIdle: () => void;
}

/**
 * Runs each task on one of several workers, in the order given as far as they need not wait for each other; ends when
 * no task runs and none is to start. A worker that dies is replaced by another, and its task starts once more; the
 * second time it fails with the reason. What waits for a failed task is blocked.
 */
export async function runPool(tasks: readonly QueuedTask[], options: PoolOptions): Promise<void> {
  const count = Math.min(options.workers, tasks.length);
  const slots = Array.from({ length: count }, (): Slot => ({ worker: undefined, task: undefined }));
  const endWorkers = (): void => {
    for (const { worker } of slots) worker?.terminate();
  };
  options.terminate.addEventListener('abort', endWorkers);
  await new Promise<void>((onIdle) => startReady({ options, queue: createQueue(tasks), slots, onIdle }));
  options.terminate.removeEventListener('abort', endWorkers);
  endWorkers();
}

const isEnding = ({ options: { isStopping, terminate } }: Pool): boolean => isStopping() || terminate.aborted;

/** Starts a task on every idle slot; with none to wait for, it is over. */
function startReady(pool: Pool): void {
  for (const slot of pool.slots) {
    const index = slot.task !== undefined || isEnding(pool) ? undefined : takeReady(pool.queue);
    if (index !== undefined) start(pool, slot, index);
  }
  if (pool.queue.running === 0) pool.onIdle();
}

function start(pool: Pool, slot: Slot, index: number): void {
  slot.task = index;
  attempt(pool, slot, () => {
    const from = pool.options.listener.resume(index);
    slot.worker ??= startWorker(pool, slot);
    slot.worker.run(pool.queue.tasks[index]!.spec, from);
  });
}

function startWorker(pool: Pool, slot: Slot): TaskWorker {
  const worker = pool.options.startWorker((event) => {
    // Of a worker that was given up nothing counts any more.
    if (slot.worker === worker) receive(pool, slot, event);
  });
  return worker;
}

function receive(pool: Pool, slot: Slot, event: WorkerEvent): void {
  const { task } = slot;
  if (event.kind === 'died') slot.worker = undefined;
  if (task === undefined) return;
  if (event.kind === 'done') keep(pool, slot, task, event);
  else if (event.kind === 'failed') fail(pool, slot, event.reason);
  else if (event.kind === 'died') retry(pool, slot, task, event.reason);
  else attempt(pool, slot, () => pool.options.listener.listen(task, event));
}

/** Fails the slot's task, and ends its worker, if the listener throws. */
function attempt(pool: Pool, slot: Slot, act: () => void): void {
  try {
    act();
  } catch (error) {
    slot.worker?.terminate();
    slot.worker = undefined;
    // Later, so that tasks that fail at once one after the other do not pile up on the stack.
    queueMicrotask(() => fail(pool, slot, error instanceof Error ? error.message : String(error)));
  }
}

/** The worker takes the next task while this one's outcome is written. */
function keep(pool: Pool, slot: Slot, index: number, done: TaskEventOf<'done'>): void {
  slot.task = undefined;
  pool.options.listener.keep(index, done).then((isKept) => end(pool, index, isKept));
  startReady(pool);
}

function fail(pool: Pool, slot: Slot, reason: string): void {
  const { task } = slot;
  if (task === undefined) return;
  slot.task = undefined;
  pool.options.listener.listen(task, { kind: 'failed', reason });
  end(pool, task, false);
}

/** A task whose worker died waits again, once. */
function retry(pool: Pool, slot: Slot, index: number, reason: string): void {
  if (isEnding(pool) || !putBack(pool.queue, index)) {
    fail(pool, slot, reason);
    return;
  }
  slot.task = undefined;
  pool.options.listener.listen(index, { kind: 'retried', reason });
  startReady(pool);
}

function end(pool: Pool, index: number, isGood: boolean): void {
  for (const { index: blocked, by } of settle(pool.queue, index, isGood)) {
    pool.options.listener.listen(blocked, { kind: 'blocked', by });
  }
  startReady(pool);
}
