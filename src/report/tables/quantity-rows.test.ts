import { expect, it } from 'vitest';
import { resultsOf, tinyExperiment, tinyRecord, tinyRun } from '../../../test/support/tiny-experiment.js';
import { formatCell, formatDifference, formatNumber, formatReported } from './format.js';
import { type QuantityRow, quantityRows, spread } from './quantity-rows.js';
import { joinRun } from './run.js';

const rowsOf = (seeds: readonly number[], twins: number, ...records: ReturnType<typeof tinyRecord>[]) =>
  quantityRows([joinRun(tinyRun(seeds, twins), [tinyExperiment], resultsOf(...records))]);
const shown = ({ cells, quantity }: QuantityRow) => [
  formatCell(cells[0], quantity),
  formatDifference(cells[0], quantity),
];

it('shows reported, measured and difference of one seed', () => {
  const [a, b] = rowsOf([1], 0, tinyRecord('a1', [1, 0.5]), tinyRecord('b1', [1, 0.5, 0.4], { status: 'finished' }));
  expect([formatReported(a!), ...shown(a!)]).toEqual(['1,234', '2', '−1,232']);
  expect([formatReported(b!), ...shown(b!)]).toEqual(['3 (not converged)', '3 (not converged)', '0']);
});

it('shows median and middle half of several seeds, the span of rounding twins, and how many are missing', () => {
  const records = [tinyRecord('a1', [1]), tinyRecord('a2', [1, 1, 1, 1, 1]), tinyRecord('a3', [1, 1, 1])];
  const [a, b] = rowsOf([1, 2, 3], 2, ...records, tinyRecord('a1-1', [1, 1]), tinyRecord('a1-2', Array(9).fill(1)));
  expect(shown(a!)).toEqual(['3 (3 seeds 2 – 4; 3 twins 1 – 9)', '−1,231']);
  expect(shown(b!)).toEqual(['– (3 of 3 missing)', '']);
});

it('calls a diverged trial diverged', () => {
  const [a] = rowsOf([1], 0, tinyRecord('a1', [1, null], { status: 'diverged' }), tinyRecord('b1', [1]));
  expect(shown(a!)[0]).toBe('2 (diverged)');
});

it('puts protocols side by side, and has no cell where one was not run', () => {
  const run = joinRun(tinyRun(), [tinyExperiment], resultsOf(tinyRecord('a1', [1])));
  const other = joinRun(
    { ...tinyRun(), protocol: 'as-intended' },
    [tinyExperiment],
    resultsOf(tinyRecord('a1', [1, 1])),
  );
  const [a] = quantityRows([run, other]);
  expect(a?.cells.map((cell) => cell?.seeds?.median)).toEqual([1, 2]);
  const lacking = { ...other, protocol: { ...other.protocol, quantities: [] } };
  expect(quantityRows([run, lacking])[0]?.cells[1]).toBeUndefined();
});

it('never puts a number under the words of another protocol', () => {
  const results = resultsOf(tinyRecord('a1', [1]), tinyRecord('b1', [1, 1]));
  const run = joinRun(tinyRun(), [tinyExperiment], results);
  const other = joinRun({ ...tinyRun(), protocol: 'as-intended' }, [tinyExperiment], results);
  const [epochs] = other.protocol.quantities;
  const renamed = { ...epochs!, label: 'Epochs, all of them', reported: {} };
  const named = { ...other, protocol: { ...other.protocol, quantities: [renamed] } };
  const shownCells = (runs: Parameters<typeof quantityRows>[0]) =>
    quantityRows(runs).map(({ quantity, arm, reported, cells }) => [
      quantity.label,
      arm.label,
      reported?.value,
      ...cells.map((cell) => cell?.seeds?.median),
    ]);
  expect(shownCells([run, named])).toEqual([
    ['Epochs', 'A, first', 1234, 1, undefined],
    ['Epochs', 'B, second', 3, 2, undefined],
    ['Epochs, all of them', 'A, first', undefined, undefined, 1],
    ['Epochs, all of them', 'B, second', undefined, undefined, 2],
  ]);
  const arms = other.preset.arms.map((arm) => (arm.id === 'a' ? { ...arm, label: 'A, larger' } : arm));
  const larger = { ...other, preset: { ...other.preset, arms } };
  expect(shownCells([run, larger]).map(([, arm, , ...cells]) => [arm, ...cells])).toEqual([
    ['A, first', 1, undefined],
    ['B, second', 2, 2],
    ['A, larger', undefined, 1],
  ]);
});

it('spread: the median of an even count is the mean of the middle two; an empty list has none', () => {
  expect(spread([4, 1, 2, 9])).toEqual({
    median: 3,
    quarter: 1.75,
    threeQuarters: 5.25,
    lowest: 1,
    highest: 9,
    count: 4,
  });
  expect(spread([])).toBeUndefined();
});

it('formats numbers with fixed decimals, thousands and a minus sign only where a digit is left', () => {
  expect(formatNumber(25_000, 0)).toBe('25,000');
  expect(formatNumber(1_234_567.891, 1)).toBe('1,234,567.9');
  expect(formatNumber(-0.00004, 4)).toBe('0.0000');
  expect(formatNumber(-0.0123, 3)).toBe('−0.012');
});
