import { expect, it } from 'vitest';
import { recordsOf, tinyExperiment, tinyRecord, tinyRun } from '../../test/support/tiny-experiment.js';
import { formatDifference, formatHere, formatNumber, formatReported } from './format.js';
import { measure, quantityRows, spread } from './quantity-rows.js';
import { joinRun } from './run.js';

const rowsOf = (seeds: readonly number[], ...records: ReturnType<typeof tinyRecord>[]) =>
  quantityRows(joinRun(tinyRun(seeds), [tinyExperiment], recordsOf(...records)));

it('shows reported, measured and difference of one seed', () => {
  const [a, b] = rowsOf([1], tinyRecord('a1', [1, 0.5]), tinyRecord('b1', [1, 0.5, 0.4], { status: 'finished' }));
  expect([formatReported(a!), formatHere(a!), formatDifference(a!)]).toEqual(['1,234', '2', '−1,232']);
  expect([formatReported(b!), formatHere(b!), formatDifference(b!)]).toEqual([
    '3 (not converged)',
    '3 (not converged)',
    '0',
  ]);
});

it('shows median and range of several seeds, and how many are missing', () => {
  const [a, b] = rowsOf([1, 2, 3], tinyRecord('a1', [1]), tinyRecord('a2', [1, 1, 1, 1]), tinyRecord('a3', [1, 1]));
  expect(formatHere(a!)).toBe('2 (1 to 4)');
  expect(formatHere(b!)).toBe('– (3 of 3 missing)');
  expect(formatDifference(b!)).toBe('–');
});

it('calls a diverged trial diverged', () => {
  const [a] = rowsOf([1], tinyRecord('a1', [1, null], { status: 'diverged' }), tinyRecord('b1', [1]));
  expect(formatHere(a!)).toBe('2 (diverged)');
});

it('takes the last value of a metric that was observed, and nothing where none was', () => {
  expect(measure(tinyRecord('a1', [3, 2, null]), { kind: 'last', metric: 'loss' })).toBe(2);
  expect(measure(tinyRecord('a1', [3]), { kind: 'last', metric: 'accuracy' })).toBeUndefined();
});

it('spread: the median of an even count is the mean of the middle two; an empty list has none', () => {
  expect(spread([4, 1, 2, 9])).toEqual({ median: 3, low: 1, high: 9, count: 4 });
  expect(spread([])).toBeUndefined();
});

it('formats numbers with fixed decimals, thousands and a minus sign only where a digit is left', () => {
  expect(formatNumber(25_000, 0)).toBe('25,000');
  expect(formatNumber(1_234_567.891, 1)).toBe('1,234,567.9');
  expect(formatNumber(-0.00004, 4)).toBe('0.0000');
  expect(formatNumber(-0.0123, 3)).toBe('−0.012');
});
