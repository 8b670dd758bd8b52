import { expect, test } from 'vitest';
import { Mt19937 } from '../mt19937.js';
import { movingMedian } from './moving-median.js';
import { median } from './quantile.js';

test.each([
  [1, 0],
  [2, 3],
  [7, 50],
  [60, 1],
  [60, 5],
  [60, 29],
  [60, 30],
])('of %i values with %i on either side: the median of each stretch, as sorted anew', (n, half) => {
  const rng = new Mt19937(n + half);
  // Few different values, so that many are equal.
  const values = Array.from({ length: n }, () => (rng.next() % 9) - 4.5);
  const expected = values.map((_, i) => median(values.slice(Math.max(0, i - half), i + half + 1)));
  expect([...movingMedian(values, half)]).toEqual(expected);
});
