import { expect, test } from 'vitest';
import { seededUniform } from '../../test/support/random.js';
import { idealSpan, makespan } from '../../test/support/simulated-fleet.js';
import type { QueuedTask } from '../lab/task-queue.js';
import type { TaskSpec } from '../tasks/task.js';
import { fleetOrder } from './fleet-order.js';

const spec = {} as TaskSpec;
const task = (...after: readonly number[]): QueuedTask => ({ spec, after });

test('what begins the longest chain of work starts first, and equals as listed', () => {
  const tasks = [task(), task(), task(1), task(), task(2)];
  expect(fleetOrder(tasks, [5, 1, 1, 5, 4])).toEqual([1, 0, 2, 3, 4]);
});

test('one worker takes the sum of all times, many take the longest chain', () => {
  const tasks = [task(), task(0), task()];
  const times = [1, 2, 4];
  const fleet = { times, overhead: 0, order: fleetOrder(tasks, times) };
  expect(makespan(tasks, { ...fleet, workers: 1 })).toBe(7);
  expect(makespan(tasks, { ...fleet, workers: 2 })).toBe(4);
  expect(makespan(tasks, { ...fleet, workers: 9, overhead: 0.5 })).toBe(4.5);
  // Looked at from 1 to 4, from 4 to 7 and from 7 to 10: one after the other.
  expect(makespan(tasks, { ...fleet, workers: 9, acceptance: 3 })).toBe(10);
  expect([1, 2, 9].map((workers) => idealSpan(tasks, times, workers))).toEqual([7, 4, 4]);
});

test.each([1, 2, 3, 4, 5])('drawn graph %i takes at most 4/3 of the least time that any order could take', (seed) => {
  const uniform = seededUniform(seed);
  const tasks = Array.from({ length: 300 }, (_, i) =>
    i > 100 && uniform() < 0.3 ? task(Math.floor(uniform() * 100), Math.floor(uniform() * 100)) : task(),
  );
  const times = tasks.map(() => uniform() ** 4 * 100);
  for (const workers of [1, 3, 10, 100]) {
    const span = makespan(tasks, { workers, times, overhead: 0, order: fleetOrder(tasks, times) });
    expect(span / idealSpan(tasks, times, workers)).toBeLessThanOrEqual(4 / 3);
  }
});
