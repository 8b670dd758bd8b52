import { expect, test } from 'vitest';
import { expectClose } from '../../../test/support/close.js';
import { statisticsFixtures } from '../../../test/support/statistics.js';
import { interquartileMean } from './interquartile-mean.js';
import { pairedDifferences, pairedRatios } from './paired.js';
import { median, quantile } from './quantile.js';
import { ranks, spearman } from './spearman.js';
import { probabilityOfSuperiority } from './superiority.js';

const fixtures = statisticsFixtures();
const probabilities = [0, 0.1, 0.25, 0.5, 0.75, 0.975, 1];

test('quantiles, interquartile mean, ranks: within 1e-14 of numpy and scipy for 1 to 31 values, with ties', () => {
  for (const { values, quantiles, interquartileMean: mean, ranks: expected } of fixtures.samples) {
    const ours = probabilities.map((q) => quantile(values, q));
    expectClose(ours, quantiles, 1e-14, 'quantile');
    expectClose([interquartileMean(values), median(values)], [mean, quantiles[3]!], 1e-14, 'middle');
    expect([...ranks(values)]).toEqual(expected);
  }
});

test('Spearman and the probability of superiority are within 1e-14 of scipy for 5 to 31 pairs, with ties', () => {
  for (const { x, y, spearman: rho, superiority } of fixtures.pairs) {
    expect(Math.abs(spearman(x, y) - rho)).toBeLessThan(1e-14);
    expect(Math.abs(probabilityOfSuperiority(x, y) - superiority)).toBeLessThan(1e-14);
    expect(probabilityOfSuperiority(x, y) + probabilityOfSuperiority(y, x)).toBeCloseTo(1, 14);
  }
});

test('Spearman is exactly 1, -1 and NaN for rising, falling and constant values', () => {
  expect([spearman([1, 2, 30], [0, 5, 6]), spearman([1, 2, 30], [6, 5, 0]), spearman([1, 2, 3], [4, 4, 4])]).toEqual([
    1,
    -1,
    Number.NaN,
  ]);
});

test('paired differences and ratios keep the order of the pairs', () => {
  expect([...pairedDifferences([3, 1], [1, 4])]).toEqual([2, -3]);
  expect([...pairedRatios([3, 1], [1, 4])]).toEqual([3, 0.25]);
});

test('what no statistic can be taken of is refused with its place', () => {
  expect(() => median([])).toThrow('quantile: expected at least 1 value, got 0');
  expect(() => interquartileMean([1, Number.NaN])).toThrow('expected finite numbers, got NaN at 1');
  expect(() => quantile([1], 1.5)).toThrow('expected a probability from 0 to 1, got 1.5');
  expect(() => pairedDifferences([1], [1, 2])).toThrow('as many values on both sides, got 1 and 2');
  expect(() => pairedRatios([1, 0], [1, 2])).toThrow('expected positive numbers, got 0 and 2 at 1; use differences');
  expect(() => spearman([1], [2])).toThrow('expected at least 2 values, got 1');
  expect(() => probabilityOfSuperiority([Infinity], [2])).toThrow('got Infinity at 0');
});
