import { expect, test } from 'vitest';
import { classOf, largeBytes, largeJobLimit } from './job-class.js';

const gib = 2 ** 30;

test('what takes more than a small task may is large', () => {
  expect([{}, { memory: largeBytes }, { memory: largeBytes + 1 }].map(classOf)).toEqual(['cpu', 'cpu', 'mem']);
});

test('a machine keeps at most half of its memory for small tasks, and large ones in what is left', () => {
  expect(largeJobLimit(8 * gib, 2)).toBe(7 * gib);
  expect(largeJobLimit(8 * gib, 64)).toBe(4 * gib);
  expect(largeJobLimit(gib, 4)).toBe(0);
});
