import { expect, test } from 'vitest';
import { expectRelative, statisticsFixtures } from '../../../test/support/statistics.js';
import { normalQuantile, normalUpperTail } from './normal.js';

const fixtures = statisticsFixtures();

test('normal tails are within 1e-13 and quantiles within 5e-13 of scipy, from z = -3.5 to 30 and p = 1e-300 on', () => {
  for (const { z, upperTail } of fixtures.normal) expectRelative(normalUpperTail(z), upperTail, 1e-13, `tail at ${z}`);
  for (const { p, z } of fixtures.normalQuantile) expect(normalQuantile(p)).toBeCloseTo(z, 12);
  expect([normalUpperTail(Infinity), normalUpperTail(-Infinity)]).toEqual([0, 1]);
});

test('quantiles outside (0, 1) and NaN are refused', () => {
  for (const p of [0, 1, Number.NaN]) {
    expect(() => normalQuantile(p)).toThrow(RangeError);
  }
  expect(() => normalUpperTail(Number.NaN)).toThrow(RangeError);
});
