import { expect, test } from 'vitest';
import { Mt19937 } from './mt19937.js';
import { normalVector } from './normal-vector.js';

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
