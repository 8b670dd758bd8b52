import { hasLine, type PixelColumn } from './columns.js';

/** What a line covers of each column of pixels. Shapes: each [columns]; low is above high where it covers nothing. */
export interface Bars {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * A line through first, least, greatest and last of its pixel columns, as a bar in every column that it passes. Bars
 * cost a fraction of a stroke of as many corners where no graphics processor draws, and lose as little: each has all
 * values of its column in it, and neighbours meet half way.
 */
export function barsOf(columns: readonly PixelColumn[], count: number, y: (value: number) => number): Bars {
  const low = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const cover = (at: number, place: number): void => {
    if (place < low[at]!) low[at] = place;
    if (place > high[at]!) high[at] = place;
  };
  /** Where the line comes from, if it does. */
  let from: { readonly at: number; readonly place: number } | undefined;
  for (const column of columns) {
    if (!hasLine(column)) {
      from = undefined;
      continue;
    }
    const { at } = column;
    if (from) bridge(from, { at, place: y(column.first) }, cover);
    cover(at, y(column.min));
    cover(at, y(column.max));
    from = column.notFinite || column.notPositive ? undefined : { at, place: y(column.last) };
  }
  return { low, high };
}

interface End {
  readonly at: number;
  readonly place: number;
}

/** The straight way from the middle of one column to that of a later one. */
function bridge(from: End, to: End, cover: (at: number, place: number) => void): void {
  const slope = (to.place - from.place) / (to.at - from.at);
  for (let at = from.at; at < to.at; at++) {
    const edge = from.place + slope * (at + 0.5 - from.at);
    cover(at, edge);
    cover(at + 1, edge);
  }
}
