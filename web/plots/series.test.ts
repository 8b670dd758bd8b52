import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasLine, pixelColumns } from './columns.js';
import { createSeries, nearestTo, type Series } from './series.js';
import { logTicks } from './ticks.js';

function seriesOf(values: readonly number[]): Series {
  const series = createSeries();
  values.forEach((value, i) => {
    series.push(i + 1, value);
  });
  return series;
}

describe('a million points with one spike', () => {
  const spike = 654_321;
  const series = createSeries();
  for (let step = 1; step <= 1_000_000; step++) series.push(step, step === spike ? 1000 : 1 + (step % 7) / 10);

  it.each([
    [1, 1_000_000],
    [600_000, 700_000],
    [654_000, 655_000],
    [654_300, 654_330],
    [spike, spike + 1],
  ])('from %i to %i: the spike is in exactly one column, at its place', (from, to) => {
    for (const log of [false, true]) {
      const columns = pixelColumns(series, { from, to, columns: 640, log }, true);
      const seen = columns.filter(({ max }) => max === 1000);
      expect(seen).toHaveLength(1);
      const share = log ? Math.log(spike / from) / Math.log(to / from) : (spike - from) / (to - from);
      expect(Math.abs(seen[0]!.at - share * 640)).toBeLessThanOrEqual(1);
    }
  });

  it('is found at its exact step', () => {
    expect(series.x[nearestTo(series, spike + 0.3)]).toBe(spike);
  });
});

it('sums up any stretch as a plain loop does', () => {
  const value = fc.oneof(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.constantFrom(0, -0, Number.NaN, Infinity));
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 1500 }), fc.nat(1500), fc.nat(1500), (values, a, b) => {
      const [from, to] = [Math.min(a, b, values.length), Math.min(Math.max(a, b), values.length)];
      const part = values.slice(from, to);
      const finite = part.filter(Number.isFinite);
      expect(seriesOf(values).summary(from, to)).toEqual({
        min: Math.min(...finite),
        max: Math.max(...finite),
        minPositive: Math.min(...finite.filter((one) => one > 0)),
        notFinite: finite.length < part.length,
      });
    }),
    { numRuns: 60 },
  );
});

it('marks what an axis has no place for', () => {
  const series = seriesOf([1, Number.NaN, 0, -1, Number.POSITIVE_INFINITY, 2]);
  const axis = { from: 1, to: 7, columns: 6, log: false };
  const log = pixelColumns(series, axis, true);
  expect(log.map(({ notFinite }) => notFinite)).toEqual([false, true, false, false, true, false]);
  expect(log.map(({ notPositive }) => notPositive)).toEqual([false, false, true, true, false, false]);
  expect(log.map(hasLine)).toEqual([true, false, false, false, false, true]);
  expect(pixelColumns(series, axis, false).map(hasLine)).toEqual([true, false, true, true, false, true]);
});

it('ticks a logarithmic axis of any range with few round numbers', () => {
  const bound = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
  fc.assert(
    fc.property(bound, bound, (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const ticks = logTicks(low, high);
      expect(ticks.length).toBeLessThan(16);
      expect(ticks.every((tick) => tick >= low && tick <= high)).toBe(true);
    }),
  );
});
