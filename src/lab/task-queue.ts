import type { TaskSpec } from '../tasks/task.js';

/** A task, and the positions of those that must have ended well before it starts. */
export interface QueuedTask {
  readonly spec: TaskSpec;
  readonly after: readonly number[];
}

/** Tasks that wait for each other, and how far each is; the functions below change it. */
export interface TaskQueue {
  readonly tasks: readonly QueuedTask[];
  /** Of each task, the positions of those that wait for it. */
  readonly waiting: readonly (readonly number[])[];
  readonly states: ('waiting' | 'running' | 'done' | 'failed')[];
  readonly retried: Set<number>;
  running: number;
  /** No task before this position waits. */
  first: number;
}

/** A queue in which all tasks wait. */
export function createQueue(tasks: readonly QueuedTask[]): TaskQueue {
  const waiting = waitingFor(tasks);
  return { tasks, waiting, states: tasks.map(() => 'waiting'), retried: new Set(), running: 0, first: 0 };
}

function waitingFor(tasks: readonly QueuedTask[]): readonly (readonly number[])[] {
  const waiting = tasks.map((): number[] => []);
  for (const [index, { after }] of tasks.entries()) for (const other of after) waiting[other]?.push(index);
  return waiting;
}

/** Takes the first task that waits for no other any more; undefined if there is none. */
export function takeReady(queue: TaskQueue): number | undefined {
  const { tasks, states } = queue;
  while (queue.first < tasks.length && states[queue.first] !== 'waiting') queue.first++;
  for (let i = queue.first; i < tasks.length; i++) {
    if (states[i] !== 'waiting' || !tasks[i]!.after.every((j) => states[j] === 'done')) continue;
    states[i] = 'running';
    queue.running++;
    return i;
  }
  return undefined;
}

/** Lets a task that was taken wait again, once; false if it has been put back before. */
export function putBack(queue: TaskQueue, index: number): boolean {
  if (queue.retried.has(index)) return false;
  queue.retried.add(index);
  queue.states[index] = 'waiting';
  queue.first = Math.min(queue.first, index);
  queue.running--;
  return true;
}

/**
 * Ends a task that was taken. Returns the tasks that can never start if it failed, each with the one that it waits for.
 */
export function settle(
  queue: TaskQueue,
  index: number,
  isGood: boolean,
): readonly { readonly index: number; readonly by: number }[] {
  queue.states[index] = isGood ? 'done' : 'failed';
  queue.running--;
  return isGood ? [] : blockedBy(queue, index);
}

function blockedBy(queue: TaskQueue, by: number): readonly { readonly index: number; readonly by: number }[] {
  return queue.waiting[by]!.flatMap((index) => {
    if (queue.states[index] !== 'waiting') return [];
    queue.states[index] = 'failed';
    return [{ index, by }, ...blockedBy(queue, index)];
  });
}
