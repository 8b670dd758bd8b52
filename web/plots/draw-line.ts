import type uPlot from 'uplot';
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
  const ratio = devicePixelRatio;
  const y = (value: number): number => u.valToPos(value, 'y', true);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.beginPath();
  let open = false;
  for (const column of columns) {
    if (!hasLine(column)) {
      open = false;
      continue;
    }
    const x = bbox.left + (column.at + 0.5) * ratio;
    if (open) ctx.lineTo(x, y(column.first));
    else ctx.moveTo(x, y(column.first));
    ctx.lineTo(x, y(column.min));
    ctx.lineTo(x, y(column.max));
    ctx.lineTo(x, y(column.last));
    open = !(column.notFinite || column.notPositive);
  }
  ctx.globalAlpha = stroke.alpha;
  ctx.strokeStyle = stroke.color;
  ctx.lineWidth = stroke.width * ratio;
  ctx.lineJoin = 'round';
  ctx.setLineDash(stroke.dash.map((length) => length * ratio));
  ctx.stroke();
  ctx.restore();
}

/** Fills between the lower columns of one line and the upper ones of another. */
export function fillBetween(u: uPlot, low: readonly PixelColumn[], high: readonly PixelColumn[], color: string): void {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  const at = ({ at: column }: PixelColumn): number => bbox.left + (column + 0.5) * ratio;
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
  const ratio = devicePixelRatio;
  const size = markSize * ratio;
  ctx.save();
  ctx.fillStyle = color;
  for (const { at, notFinite, notPositive } of columns) {
    const x = bbox.left + (at + 0.5) * ratio;
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
