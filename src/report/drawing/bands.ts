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
  const cursors = curves.map(() => 0);
  const values = new Float64Array(curves.length);
  const band: BandPoint[] = [];
  for (const x of placesOf(curves)) {
    const { own, count } = valuesAt(x, curves, cursors, values);
    if (2 * own < curves.length) continue;
    const sorted = values.subarray(0, count).sort();
    const [low, y, high] = [tail, 0.5, 1 - tail].map((q) => quantileOfSorted(sorted, q)) as [number, number, number];
    band.push({ x, y, low, high });
  }
  return band;
}

/** Each x of some curves once, rising. */
function placesOf(curves: readonly (readonly Point[])[]): Float64Array {
  const all = Float64Array.from(curves.flat(), ({ x }) => x).sort();
  return all.filter((x, i) => i === 0 || x !== all[i - 1]);
}

/**
 * Puts down the value of each curve that has one at x, or ended before it, and moves the cursors beyond x. `own`: how
 * many have one at x.
 */
function valuesAt(
  x: number,
  curves: readonly (readonly Point[])[],
  cursors: number[],
  values: Float64Array,
): { readonly own: number; readonly count: number } {
  let [own, count] = [0, 0];
  for (let k = 0; k < curves.length; k++) {
    const curve = curves[k]!;
    let y: number | undefined;
    let at = cursors[k]!;
    for (; at < curve.length && curve[at]!.x <= x; at++) y = curve[at]!.y;
    cursors[k] = at;
    const last = curve.at(-1);
    if (y !== undefined) own++;
    else if (last !== undefined && last.x < x && Number.isFinite(last.y)) y = last.y;
    if (y !== undefined) values[count++] = y;
  }
  return { own, count };
}
