import { expect, test } from 'vitest';
import { Mt19937 } from '../../base/mt19937.js';
import { dot, signVector } from './vectors.js';

test('signs are -1 or 1, their sum within 4 standard errors of 0', () => {
  const signs = signVector(new Mt19937(5), 10_000);
  expect(dot(signs, signs)).toBe(10_000);
  expect(Math.abs(signs.reduce((sum, x) => sum + x, 0))).toBeLessThan(400);
});
