import fc from 'fast-check';
import { expect, it } from 'vitest';
import { thin } from './thin.js';

const curve = (ys: readonly number[]) => ys.map((y, x) => ({ x, y }));

it('leaves a curve alone that is short enough', () => {
  const points = curve([3, 1, 2, 5, 4, 0]);
  expect(thin(points, 2)).toBe(points);
});

it('keeps a spike of one point in 25,000, both ends and the order, in at most 2 buckets + 2 points', () => {
  const points = curve(Array.from({ length: 25_000 }, (_, i) => (i === 12_345 ? 9 : 1 / (i + 1))));
  const kept = thin(points, 300);
  expect(kept.length).toBeLessThanOrEqual(602);
  expect(kept).toContain(points[12_345]);
  expect(kept[0]).toBe(points[0]);
  expect(kept.at(-1)).toBe(points.at(-1));
  expect(kept.map(({ x }) => x)).toEqual(kept.map(({ x }) => x).sort((a, b) => a - b));
});

it('never loses the lowest or the highest value of any curve', () => {
  const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 20 }), (ys, buckets) => {
      const kept = thin(curve(ys), buckets).map(({ y }) => y);
      expect(Math.min(...kept)).toBe(Math.min(...ys));
      expect(Math.max(...kept)).toBe(Math.max(...ys));
    }),
  );
});
