import { expect, test } from 'vitest';
import { normalValues } from '../../../test/support/statistics.js';
import { sha256Hex } from '../sha256.js';
import { binomialTails } from './binomial.js';
import { bootstrap, bootstrapMedian, bootstrapPValue, percentileInterval } from './bootstrap.js';
import { pairedRatios } from './paired.js';
import { bootstrapSpearman, spearman } from './spearman.js';

const hash = (values: Float64Array) => sha256Hex(new Uint8Array(Float64Array.from(values).buffer)).slice(0, 16);

test.each([5, 11, 21])('10,000 resampled medians of %i values follow the exact law within 4.5 standard errors', (n) => {
  const values = Float64Array.from({ length: n }, (_, i) => i);
  const { estimate, resampled } = bootstrapMedian(values);
  expect([estimate, resampled.length]).toEqual([(n - 1) / 2, 10_000]);
  for (let k = 1; k < n; k++) {
    // The median is among the k smallest if at least half the draws are.
    const exact = binomialTails((n + 1) / 2, n, k / n).upper;
    const share = resampled.filter((value) => value <= k - 1).length / 10_000;
    expect(Math.abs(share - exact)).toBeLessThan(4.5 * Math.sqrt((exact * (1 - exact)) / 10_000) + 1e-12);
  }
});

test('resampled means have the mean of the sample, and the spread sd / sqrt(n), within 4 standard errors', () => {
  const values = normalValues(25, 1);
  const mean = (indices: Int32Array) => indices.reduce((sum, i) => sum + values[i]!, 0) / indices.length;
  const { estimate, resampled } = bootstrap(25, mean);
  const variance = values.reduce((sum, x) => sum + (x - estimate) ** 2, 0) / 25 / 25;
  const average = resampled.reduce((sum, x) => sum + x, 0) / 10_000;
  const spread = resampled.reduce((sum, x) => sum + (x - average) ** 2, 0) / 9999;
  expect(Math.abs(average - estimate)).toBeLessThan(4 * Math.sqrt(variance / 10_000));
  expect(Math.abs(spread / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / 10_000));
});

test.each([5, 11, 21])('the interval of a median of %i values ends at the order statistics of the exact law', (n) => {
  const atMost = (k: number) => binomialTails((n + 1) / 2, n, k / n).upper;
  const first = Array.from({ length: n }, (_, i) => i + 1).find((k) => atMost(k) >= 0.025)!;
  const values = Float64Array.from({ length: n }, (_, i) => (i * 4) % n);
  const { estimate, low, high } = percentileInterval(bootstrapMedian(values));
  expect([low, estimate, high]).toEqual([first - 1, (n - 1) / 2, n - first]);
});

test('the p-value says at which level the interval begins to hold a value', () => {
  const distribution = bootstrapMedian(pairedRatios([3, 4, 2, 5, 3, 2.5, 4], [1, 2, 1, 2, 2, 1, 3]));
  for (const value of [1, 1.4, 1.7, 2, 2.2, 2.6, 4]) {
    const p = bootstrapPValue(distribution, value);
    const wider = percentileInterval(distribution, Math.min(1 - 1e-9, 1 - p + 0.001));
    const narrower = percentileInterval(distribution, Math.max(1e-9, 1 - p - 0.001));
    if (p > 0.001) expect(wider.low <= value && value <= wider.high).toBe(true);
    if (p < 0.999) expect(narrower.low < value && value < narrower.high).toBe(false);
  }
  expect(bootstrapPValue(distribution, 0)).toBe(2 / 10_001);
});

test('resampled Spearman keeps pairs together: all 1 for a rising pair, though points repeat', () => {
  const { estimate, resampled } = bootstrapSpearman([1, 2, 3, 4], [10, 20, 25, 70]);
  expect([estimate, resampled[0], resampled.at(-1)]).toEqual([1, 1, 1]);
  const x = normalValues(30, 2);
  const y = normalValues(30, 3).map((e, i) => x[i]! + e);
  const { low, high, estimate: rho } = percentileInterval(bootstrapSpearman(x, y));
  expect(rho).toBe(spearman(x, y));
  expect(low < rho && rho < high && low > 0).toBe(true);
});

test('not one bit of the resampled medians has changed, and another seed gives others', () => {
  const values = [0.3, 1.7, -0.2, 5, 2.2, 2.9];
  const first = bootstrapMedian(values).resampled;
  expect(hash(first)).toMatchInlineSnapshot(`"2021c22ad9f08cdb"`);
  expect(hash(bootstrapMedian(values, { seed: 0 }).resampled)).toBe(hash(first));
  expect(hash(bootstrapMedian(values, { seed: 1 }).resampled)).not.toBe(hash(first));
});

test('one value has an interval of one point; empty samples, NaN, constant sides and odd levels are refused', () => {
  expect(percentileInterval(bootstrapMedian([2]))).toEqual({ estimate: 2, low: 2, high: 2 });
  expect(() => bootstrapMedian([])).toThrow('at least 1 value, got 0');
  expect(() => bootstrapMedian([1, Number.NaN])).toThrow('got NaN at 1');
  expect(() => bootstrapMedian([1], { resamples: 0 })).toThrow(RangeError);
  expect(() => percentileInterval(bootstrapMedian([1]), 1)).toThrow(RangeError);
  expect(() => bootstrapPValue(bootstrapMedian([1]), Number.NaN)).toThrow(RangeError);
  expect(() => bootstrapSpearman([1, 2, 3], [4, 4, 4])).toThrow('got NaN for the sample');
});
