import type uPlot from 'uplot';
import { barsOf } from './bars.js';
import { hasLine, type PixelColumn } from './columns.js';
import type { Series } from './series.js';

/** One line of a chart. */
export interface Line {
  readonly label: string;
  readonly series: Series;
  /** Name of a custom property with its colour. */
  readonly color: string;
  /** Lengths of strokes and gaps in CSS pixels. */
  readonly dash?: readonly number[];
  /** Drawn behind it, from the first line to the second. */
  readonly band?: readonly [Series, Series];
  /** The values themselves behind a smoothed line. */
  readonly raw?: Series;
}

/** How lines of a run that is compared are dashed. */
export const otherDash: readonly number[] = [6, 4];

const markSize = 5;
/** Of the dot that stands for a line of one point, in CSS pixels. */
export const loneRadius = 3;

/** How a line is stroked. */
export interface Stroke {
  readonly color: string;
  readonly width: number;
  readonly dash: readonly number[];
  readonly alpha: number;
}

/** Draws pixel columns as a line through first, least, greatest and last of each. */
export function strokeColumns(u: uPlot, columns: readonly PixelColumn[], stroke: Stroke): void {
  const { ctx, bbox } = u;
  const { low, high } = barsOf(columns, pixelsAcross(u), (value) => u.valToPos(value, 'y', true));
  const width = stroke.width * devicePixelRatio;
  const inGap = gapsOf(stroke.dash);
  ctx.save();
  ctx.globalAlpha = stroke.alpha;
  ctx.fillStyle = stroke.color;
  if (columns.length === 1) fillDot(u, columns[0]!);
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (let at = 0; at < low.length; at++) {
    const tall = high[at]! - low[at]!;
    const isTall = tall > width;
    // A gap of dashes hides no spike.
    if (!(tall >= 0) || (!isTall && inGap(at))) continue;
    const more = isTall ? width - 1 : 0;
    ctx.fillRect(bbox.left + at - more / 2, low[at]! - width / 2, 1 + more, tall + width);
  }
  ctx.restore();
}

/** A line of one point, which would not be seen otherwise. */
function fillDot({ ctx, bbox, valToPos }: uPlot, column: PixelColumn): void {
  if (!hasLine(column)) return;
  ctx.beginPath();
  ctx.arc(bbox.left + column.at, valToPos(column.last, 'y', true), loneRadius * devicePixelRatio, 0, 2 * Math.PI);
  ctx.fill();
}

/** Columns of pixels of a plot, those of the screen. */
export const pixelsAcross = ({ bbox }: uPlot): number => Math.max(1, Math.round(bbox.width));

/** Whether a column of pixels lies in a gap of dashes. */
function gapsOf([on, off = 0]: readonly number[]): (at: number) => boolean {
  if (on === undefined) return () => false;
  return (at) => (at / devicePixelRatio) % (on + off) >= on;
}

/** Fills between the lower columns of one line and the upper ones of another. */
export function fillBetween(u: uPlot, low: readonly PixelColumn[], high: readonly PixelColumn[], color: string): void {
  const { ctx, bbox } = u;
  const at = ({ at: column }: PixelColumn): number => bbox.left + column + 0.5;
  const [upper, lower] = [high.filter(hasLine), low.filter(hasLine)];
  if (upper.length === 0 || lower.length === 0) return;
  ctx.save();
  ctx.beginPath();
  upper.forEach((column) => {
    ctx.lineTo(at(column), u.valToPos(column.max, 'y', true));
  });
  lower.toReversed().forEach((column) => {
    ctx.lineTo(at(column), u.valToPos(column.min, 'y', true));
  });
  ctx.closePath();
  ctx.globalAlpha = 0.18;
  ctx.fillStyle = color;
  ctx.fill();
  ctx.restore();
}

/** Marks columns with values that are not finite, at the top, and that a log axis cannot hold, at the bottom. */
export function markMissing(u: uPlot, columns: readonly PixelColumn[], color: string): void {
  const { ctx, bbox } = u;
  const size = markSize * devicePixelRatio;
  ctx.save();
  ctx.fillStyle = color;
  for (const { at, notFinite, notPositive } of columns) {
    const x = bbox.left + at + 0.5;
    if (notFinite) triangle(ctx, [x, bbox.top, size]);
    if (notPositive) triangle(ctx, [x, bbox.top + bbox.height, -size]);
  }
  ctx.restore();
}

/** A triangle on an edge that points into the plot. */
function triangle(ctx: CanvasRenderingContext2D, [x, y, size]: readonly [number, number, number]): void {
  ctx.beginPath();
  ctx.moveTo(x - size, y);
  ctx.lineTo(x + size, y);
  ctx.lineTo(x, y + 1.6 * size);
  ctx.fill();
}
