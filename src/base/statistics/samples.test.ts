import { expect, test } from 'vitest';
import { expectClose } from '../../../test/support/close.js';
import { statisticsFixtures } from '../../../test/support/statistics.js';
import { median, quantile } from './quantile.js';

const fixtures = statisticsFixtures();
const probabilities = [0, 0.1, 0.25, 0.5, 0.75, 0.975, 1];

test('quantiles are within 1e-14 of numpy for 1 to 31 values, with ties', () => {
  for (const { values, quantiles } of fixtures.samples) {
    const ours = probabilities.map((q) => quantile(values, q));
    expectClose(ours, quantiles, 1e-14, 'quantile');
    expectClose([median(values)], [quantiles[3]!], 1e-14, 'median');
  }
});

test('what has no quantile is refused with its place', () => {
  expect(() => median([])).toThrow('quantile: expected at least 1 value, got 0');
  expect(() => median([1, Number.NaN])).toThrow('expected finite numbers, got NaN at 1');
  expect(() => quantile([1], 1.5)).toThrow('expected a probability from 0 to 1, got 1.5');
});
