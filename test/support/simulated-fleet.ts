import { longestChains } from '../../src/fleet/fleet-order.js';
import type { QueuedTask } from '../../src/lab/task-queue.js';

/** A fleet in simulation. Times in any unit. */
export interface SimulatedFleet {
  readonly workers: number;
  /** What each task takes, and what is lost around each: to take it, to leave its result, to release what waits. */
  readonly times: readonly number[];
  readonly overhead: number;
  /** Order in which tasks that are ready start. */
  readonly order: readonly number[];
}

/** How long a fleet takes for tasks that wait for each other: each free worker takes the first one that is ready. */
export function makespan(tasks: readonly QueuedTask[], { workers, times, overhead, order }: SimulatedFleet): number {
  const left = tasks.map(({ after }) => after.length);
  const waiting = tasks.map((): number[] => []);
  for (const [index, { after }] of tasks.entries()) for (const other of after) waiting[other]!.push(index);
  const rank = tasks.map(() => 0);
  for (const [place, index] of order.entries()) rank[index] = place;
  const ready = heap<number>((index) => rank[index]!);
  const running = heap<{ readonly at: number; readonly index: number }>(({ at }) => at);
  for (const index of tasks.keys()) if (left[index] === 0) ready.push(index);
  let now = 0;
  for (let free = workers; ready.size() > 0 || running.size() > 0; ) {
    for (; free > 0 && ready.size() > 0; free--) {
      const index = ready.pop()!;
      running.push({ at: now + times[index]! + overhead, index });
    }
    const ended = running.pop()!;
    now = ended.at;
    free++;
    for (const index of waiting[ended.index]!) if (--left[index]! === 0) ready.push(index);
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
