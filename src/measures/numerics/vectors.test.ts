import { expect, test } from 'vitest';
import { Mt19937 } from '../../base/mt19937.js';
import { dot, normalVector, signVector } from './vectors.js';

test('100,000 normal numbers have the moments 0, 1, 0, 3 within 4 standard errors, in odd lengths too', () => {
  const n = 100_001;
  const draws = normalVector(new Mt19937(5), n);
  // Variances of x, x^2, x^3, x^4 for a standard normal x: 1, 2, 15, 96.
  [0, 1, 0, 3].forEach((moment, i) => {
    const found = draws.reduce((sum, x) => sum + x ** (i + 1), 0) / n;
    expect(Math.abs(found - moment)).toBeLessThan(4 * Math.sqrt([1, 2, 15, 96][i]! / n));
  });
  expect(draws.at(-1)).not.toBe(0);
});

test('signs are -1 or 1, their sum within 4 standard errors of 0', () => {
  const signs = signVector(new Mt19937(5), 10_000);
  expect(dot(signs, signs)).toBe(10_000);
  expect(Math.abs(signs.reduce((sum, x) => sum + x, 0))).toBeLessThan(400);
});
