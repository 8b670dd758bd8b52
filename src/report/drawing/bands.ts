import { quantileOfSorted } from '../../base/statistics/quantile.js';
import type { Point } from './thin.js';

/** A point with what lies around it. */
export interface BandPoint extends Point {
  readonly low: number;
  readonly high: number;
}

/** The share of the curves that a band holds: the middle half of seeds, all of rounding twins. */
export type BandWidth = 'middleHalf' | 'all';

/**
 * Median and band of several curves, at each x that at least half of them reach. A curve that has ended counts with its
 * last value: else the median would jump to those that go on.
 *
 *     y = median_k y_k(x),   [low, high] = quarters of y_k(x)   or   [min_k y_k(x), max_k y_k(x)]
 *
 * Shapes: curves [k][n_k], each by rising x; result by rising x.
 */
export function bandOf(curves: readonly (readonly Point[])[], width: BandWidth): readonly BandPoint[] {
  const tail = width === 'all' ? 0 : 0.25;
  const places = [...new Set(curves.flatMap((curve) => curve.map(({ x }) => x)))].sort((a, b) => a - b);
  const cursors = curves.map(() => 0);
  return places.flatMap((x) => {
    const own: number[] = [];
    const ended: number[] = [];
    for (const [k, curve] of curves.entries()) {
      const last = curve.at(-1);
      if (last === undefined || last.x < x) ended.push(last?.y ?? Number.NaN);
      let y: number | undefined;
      for (; curve[cursors[k]!] && curve[cursors[k]!]!.x <= x; cursors[k]!++) y = curve[cursors[k]!]!.y;
      if (y !== undefined) own.push(y);
    }
    if (2 * own.length < curves.length) return [];
    const sorted = Float64Array.from([...own, ...ended.filter(Number.isFinite)]).sort();
    const [low, y, high] = [tail, 0.5, 1 - tail].map((q) => quantileOfSorted(sorted, q)) as [number, number, number];
    return [{ x, y, low, high }];
  });
}
