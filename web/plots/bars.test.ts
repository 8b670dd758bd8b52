import fc from 'fast-check';
import { expect, it } from 'vitest';
import { barsOf } from './bars.js';
import { pixelColumns } from './columns.js';
import { createSeries } from './series.js';

const value = fc.oneof(fc.double({ min: -100, max: 100, noNaN: true }), fc.constantFrom(Number.NaN, Infinity));

/** A line whose points lie so many steps apart, in 40 columns of pixels over its first 80 steps. */
function drawn(values: readonly number[], apart: number) {
  const series = createSeries();
  values.forEach((y, i) => {
    series.push(1 + i * apart, y);
  });
  const columns = pixelColumns(series, { from: 1, to: 81, columns: 40, log: false }, false);
  return { series, columns, bars: barsOf(columns, 40, (y) => 2 * y) };
}

it('has every value in the bar of its column of pixels', () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 200 }), fc.integer({ min: 1, max: 9 }), (values, apart) => {
      const { series, bars } = drawn(values, apart);
      for (let i = 0; i < series.count && series.x[i]! <= 81; i++) {
        const [at, y] = [Math.min(39, Math.floor((series.x[i]! - 1) / 2)), series.y[i]!];
        if (!Number.isFinite(y)) continue;
        expect(bars.low[at]).toBeLessThanOrEqual(2 * y);
        expect(bars.high[at]).toBeGreaterThanOrEqual(2 * y);
      }
    }),
    { numRuns: 200 },
  );
});

it('has no gap from the first point to the last, and none beyond', () => {
  const finite = fc.double({ min: -100, max: 100, noNaN: true });
  fc.assert(
    fc.property(fc.array(finite, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 9 }), (values, apart) => {
      const { columns, bars } = drawn(values, apart);
      const [from, to] = [columns[0]!.at, columns.at(-1)!.at];
      for (let at = 0; at < 40; at++) {
        expect(bars.low[at]! <= bars.high[at]!).toBe(at >= from && at <= to);
        if (at <= from || at > to) continue;
        // Neighbours touch.
        expect(Math.max(bars.low[at]!, bars.low[at - 1]!)).toBeLessThanOrEqual(
          Math.min(bars.high[at]!, bars.high[at - 1]!),
        );
      }
    }),
    { numRuns: 200 },
  );
});

it('is broken where a value is not finite', () => {
  const { bars } = drawn([1, 1, 1, 1, Number.NaN, Number.NaN, 5, 5], 2);
  expect([...bars.low].slice(0, 9).map(Number.isFinite)).toEqual([
    ...[true, true, true, true],
    ...[false, false, true, true, false],
  ]);
  expect([bars.high[3], bars.low[6]]).toEqual([2, 10]);
});
