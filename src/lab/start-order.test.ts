import { expect, test } from 'vitest';
import { startOrder } from './start-order.js';

test("tasks of more than half of a worker's share begin first, the longest first; the others stay in order", () => {
  const work = [1, 2, 30, 1, 40, 2, 4];
  expect(startOrder([0, 1, 2, 3, 4, 5, 6], work, 2)).toEqual([4, 2, 0, 1, 3, 5, 6]);
});

test('only what is to be run counts', () => {
  const work = [1, 2, 30, 1, 40, 2, 4];
  expect(startOrder([0, 1, 3, 5, 6], work, 2)).toEqual([6, 0, 1, 3, 5]);
});

test('one worker, or no known work: the order of the list', () => {
  expect(startOrder([0, 1], [1, 9], 1)).toEqual([0, 1]);
  expect(startOrder([0, 1], undefined, 2)).toEqual([0, 1]);
});
