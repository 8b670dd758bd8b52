import { longestChains } from '../../src/fleet/fleet-order.js';
import type { QueuedTask } from '../../src/lab/task-queue.js';

/** A fleet in simulation. Times in any unit. */
export interface SimulatedFleet {
  readonly workers: number;
  /** What each task takes, and what is lost around each: to take it, to leave its result, to release what waits. */
  readonly times: readonly number[];
  readonly overhead: number;
  /** How long the coordinator takes to look at a result, one after the other, before anything starts from it. */
  readonly acceptance?: number;
  /** Order in which tasks that are ready start. */
  readonly order: readonly number[];
}

interface Step {
  readonly at: number;
  readonly index: number;
  readonly kind: 'ended' | 'accepted';
}

/** How long a fleet takes for tasks that wait for each other: each free worker takes the first one that is ready. */
export function makespan(
  tasks: readonly QueuedTask[],
  { workers, times, overhead, acceptance = 0, order }: SimulatedFleet,
): number {
  const left = tasks.map(({ after }) => after.length);
  const waiting = tasks.map((): number[] => []);
  for (const [index, { after }] of tasks.entries()) for (const other of after) waiting[other]!.push(index);
  const rank = tasks.map(() => 0);
  for (const [place, index] of order.entries()) rank[index] = place;
  const ready = heap<number>((index) => rank[index]!);
  const steps = heap<Step>(({ at }) => at);
  for (const index of tasks.keys()) if (left[index] === 0) ready.push(index);
  let [now, looked] = [0, 0];
  for (let free = workers; ready.size() > 0 || steps.size() > 0; ) {
    for (; free > 0 && ready.size() > 0; free--) {
      const index = ready.pop()!;
      steps.push({ at: now + times[index]! + overhead, index, kind: 'ended' });
    }
    const { at, index, kind } = steps.pop()!;
    now = at;
    if (kind === 'ended') {
      free++;
      looked = Math.max(looked, now) + acceptance;
      steps.push({ at: looked, index, kind: 'accepted' });
    } else for (const other of waiting[index]!) if (--left[other]! === 0) ready.push(other);
  }
  return now;
}

/** No fleet can be faster than this: all work shared by all, or the longest chain of tasks that wait for each other. */
export function idealSpan(tasks: readonly QueuedTask[], times: readonly number[], workers: number): number {
  const total = times.reduce((sum, time) => sum + time, 0);
  const chain = longestChains(tasks, times).reduce((longest, time) => Math.max(longest, time), 0);
  return Math.max(total / workers, chain);
}

function heap<T>(keyOf: (item: T) => number) {
  const items: T[] = [];
  const less = (i: number, j: number): boolean => keyOf(items[i]!) < keyOf(items[j]!);
  const swap = (i: number, j: number): void => {
    [items[i], items[j]] = [items[j]!, items[i]!];
  };
  return {
    size: () => items.length,
    push(item: T): void {
      let i = items.push(item) - 1;
      for (let up = (i - 1) >> 1; i > 0 && less(i, up); i = up, up = (i - 1) >> 1) swap(i, up);
    },
    pop(): T | undefined {
      const first = items[0];
      const last = items.pop();
      if (items.length === 0 || last === undefined) return first;
      items[0] = last;
      for (let i = 0; ; ) {
        const [a, b] = [2 * i + 1, 2 * i + 2];
        const down = b < items.length && less(b, a) ? b : a;
        if (down >= items.length || !less(down, i)) break;
        swap(i, down);
        i = down;
      }
      return first;
    },
  };
}
