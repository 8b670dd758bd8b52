import type { QueuedTask } from '../lab/task-queue.js';

/**
 * The order in which many workers start tasks: first what begins the longest chain of work, as the run cannot end
 * before that has. Within 1/3 of the best order for tasks without needs (Graham 1969: longest first).
 *
 * Shapes: work [tasks]; result [tasks], indices, of which each comes after those that it waits for
 */
export function fleetOrder(tasks: readonly QueuedTask[], work: readonly number[]): readonly number[] {
  const chains = longestChains(tasks, work);
  return tasks.map((_, index) => index).sort((a, b) => chains[b]! - chains[a]! || a - b);
}

/** Of each task its own work and that of the longest chain that waits for it. */
export function longestChains(tasks: readonly QueuedTask[], work: readonly number[]): readonly number[] {
  const waiting = tasks.map((): number[] => []);
  for (const [index, { after }] of tasks.entries()) for (const other of after) waiting[other]!.push(index);
  const chains: (number | undefined)[] = tasks.map(() => undefined);
  const chainOf = (index: number): number => {
    chains[index] ??= work[index]! + Math.max(0, ...waiting[index]!.map(chainOf));
    return chains[index];
  };
  return tasks.map((_, index) => chainOf(index));
}
