import { firstFrom, type Series } from './series.js';

/** A line's points within one column of pixels. */
export interface PixelColumn {
  /** The column, from 0. */
  readonly at: number;
  /** First, least, greatest and last of the finite values that can be drawn. */
  readonly first: number;
  readonly min: number;
  readonly max: number;
  readonly last: number;
  /** Whether any value is NaN or infinite. */
  readonly notFinite: boolean;
  /** Whether any value is 0 or less, which a logarithmic axis has no place for. */
  readonly notPositive: boolean;
}

/** How the x axis lies over the columns of pixels. */
export interface XAxis {
  readonly from: number;
  readonly to: number;
  readonly columns: number;
  readonly log: boolean;
}

/** Where column c begins. */
function edge({ from, to, columns, log }: XAxis, c: number): number {
  const share = c / columns;
  return log ? from * (to / from) ** share : from + (to - from) * share;
}

/**
 * A line as what is seen of it: of all points in each column of pixels the least and the greatest, so that no spike is
 * lost at any zoom. Columns without points are left out.
 */
export function pixelColumns(series: Series, axis: XAxis, logY: boolean): readonly PixelColumn[] {
  const columns: PixelColumn[] = [];
  let start = firstFrom(series, axis.from);
  for (let c = 0; c < axis.columns && start < series.count; c++) {
    const last = c === axis.columns - 1;
    // The last column takes in the right end.
    const end = last ? afterOf(series, axis.to) : Math.max(start, firstFrom(series, edge(axis, c + 1)));
    if (end > start) columns.push(columnOf(series, { at: c, start, end, logY }));
    start = end;
  }
  return columns;
}

function afterOf(series: Series, value: number): number {
  let i = firstFrom(series, value);
  while (i < series.count && series.x[i]! <= value) i++;
  return i;
}

interface Stretch {
  readonly at: number;
  readonly start: number;
  readonly end: number;
  readonly logY: boolean;
}

function columnOf(series: Series, { at, start, end, logY }: Stretch): PixelColumn {
  const { min, max, minPositive, notFinite } = series.summary(start, end);
  const least = logY ? minPositive : min;
  const drawable = (value: number): boolean => Number.isFinite(value) && !(logY && value <= 0);
  const first = series.y[start]!;
  const last = series.y[end - 1]!;
  return {
    at,
    first: drawable(first) ? first : least,
    min: least,
    max: logY && max <= 0 ? Number.NEGATIVE_INFINITY : max,
    last: drawable(last) ? last : least,
    notFinite,
    notPositive: logY && min <= 0,
  };
}

/** Whether a column has anything to be drawn as a line. */
export const hasLine = ({ min, max }: PixelColumn): boolean => Number.isFinite(min) && Number.isFinite(max);
