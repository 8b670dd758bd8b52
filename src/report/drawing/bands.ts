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
  for (let x = nextPlace(curves, cursors); x < Infinity; x = nextPlace(curves, cursors)) {
    const { own, count } = valuesAt(x, curves, cursors, values);
    if (2 * own < curves.length) continue;
    const sorted = sortFew(values.subarray(0, count));
    const low = quantileOfSorted(sorted, tail);
    band.push({ x, y: quantileOfSorted(sorted, 0.5), low, high: quantileOfSorted(sorted, 1 - tail) });
  }
  return band;
}

/** The least x that no cursor has passed; infinity if there is none. */
function nextPlace(curves: readonly (readonly Point[])[], cursors: readonly number[]): number {
  let least = Infinity;
  for (let k = 0; k < curves.length; k++) {
    const point = curves[k]![cursors[k]!];
    if (point !== undefined && point.x < least) least = point.x;
  }
  return least;
}

/** Sorts in place by insertion: there are as many values as seeds, and calling the engine's sort takes longer. */
function sortFew(values: Float64Array): Float64Array {
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!;
    let at = i;
    for (; at > 0 && values[at - 1]! > value; at--) values[at] = values[at - 1]!;
    values[at] = value;
  }
  return values;
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
