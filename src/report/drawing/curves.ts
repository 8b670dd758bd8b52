import type { Axis } from '../../study/figure.js';
import { bandOf } from './bands.js';
import type { Series } from './drawing.js';
import type { Point } from './thin.js';

/** From so many seeds on, their median and a band are drawn instead of each. */
const leastForBand = 3;

/** How values of an axis are drawn: shares as percent, nothing that is not above 0 on a logarithmic one. */
export function drawable(axis: Axis): (value: number | null | undefined) => number | undefined {
  const factor = axis.percent ? 100 : 1;
  return (value) =>
    value === null || value === undefined || (axis.scale === 'log' && value <= 0) ? undefined : factor * value;
}

/** Points of two columns, without the rows in which one of them has nothing to draw; a plain loop, as for `rowsOf`. */
export function zip(
  xs: readonly (number | null | undefined)[] = [],
  ys: readonly (number | null | undefined)[] = [],
  toX: (value: number | null | undefined) => number | undefined,
  toY: (value: number | null | undefined) => number | undefined,
): readonly Point[] {
  const points: Point[] = [];
  for (let i = 0; i < ys.length; i++) {
    const x = toX(xs[i]);
    const y = toY(ys[i]);
    if (x !== undefined && y !== undefined) points.push({ x, y });
  }
  return points;
}

/**
 * What of a series is drawn: each seed's curve, or the median of many with the band of their middle half; and the band
 * of the rounding twins of one of them.
 */
export function bundled(
  curves: readonly (readonly Point[])[],
  twins: readonly (readonly Point[])[] = [],
): Pick<Series, 'lines' | 'seeds' | 'twins'> {
  const seeds = curves.filter((points) => points.length > 0);
  const band = seeds.length >= leastForBand ? bandOf(seeds, 'middleHalf') : undefined;
  return {
    lines: band ? [band] : seeds,
    ...(band && { seeds: band }),
    ...(twins.length > 1 && { twins: bandOf(twins, 'all') }),
  };
}

/** Points are marked on lines that have few of them, unless many such lines would run together. */
export const lineForm = (lines: readonly (readonly Point[])[], among: number): 'line' | 'marked' =>
  lines.every((line) => line.length <= 50 && line.length * among <= 250) ? 'marked' : 'line';
