import { expect, test } from 'vitest';
import { expectRelative, statisticsFixtures } from '../../../test/support/statistics.js';
import { normalQuantile, normalUpperTail } from './normal.js';
import { studentQuantile, studentUpperTail } from './student-t.js';

const fixtures = statisticsFixtures();

test('normal tails are within 1e-13 and quantiles within 5e-13 of scipy, from z = -3.5 to 30 and p = 1e-300 on', () => {
  for (const { z, upperTail } of fixtures.normal) expectRelative(normalUpperTail(z), upperTail, 1e-13, `tail at ${z}`);
  for (const { p, z } of fixtures.normalQuantile) expect(normalQuantile(p)).toBeCloseTo(z, 12);
  expect([normalUpperTail(Infinity), normalUpperTail(-Infinity)]).toEqual([0, 1]);
});

test('Student tails and quantiles are within 1e-12 of scipy from 1 to 199 degrees of freedom', () => {
  for (const { t, degreesOfFreedom, upperTail } of fixtures.student) {
    expectRelative(studentUpperTail(t, degreesOfFreedom), upperTail, 1e-12, `tail at ${t}, ${degreesOfFreedom}`);
  }
  for (const { p, degreesOfFreedom, t } of fixtures.studentQuantile) {
    expectRelative(studentQuantile(p, degreesOfFreedom), t, 1e-12, `quantile of ${p}, ${degreesOfFreedom}`);
  }
  expect([studentUpperTail(1e300, 4), studentUpperTail(-Infinity, 4), studentUpperTail(0, 4)]).toEqual([0, 1, 0.5]);
});

test('quantiles outside (0, 1), NaN and broken degrees of freedom are refused', () => {
  for (const p of [0, 1, Number.NaN]) {
    expect(() => normalQuantile(p)).toThrow(RangeError);
    expect(() => studentQuantile(p, 3)).toThrow(RangeError);
  }
  expect(() => normalUpperTail(Number.NaN)).toThrow(RangeError);
  expect(() => studentUpperTail(1, 2.5)).toThrow(RangeError);
  expect(() => studentUpperTail(Number.NaN, 2)).toThrow(RangeError);
});
