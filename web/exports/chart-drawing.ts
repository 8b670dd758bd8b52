import { hasLine, type PixelColumn, pixelColumns } from '../plots/columns.js';
import { type Line, loneRadius } from '../plots/draw-line.js';
import { linearTicks, logTicks, shortNumber } from '../plots/ticks.js';
import { element, escaped, round } from './drawing.js';

/** A chart as it lies on the page. */
export interface ChartShape {
  /** The plot within the chart, in CSS pixels. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly steps: readonly [number, number];
  readonly values: readonly [number, number];
  readonly logX: boolean;
  readonly logY: boolean;
  readonly lines: readonly Line[];
  readonly levels: readonly { readonly value: number; readonly label: string }[];
  /** Where the network stands. */
  readonly step: number;
  /** The colour that a custom property stands for. */
  readonly ink: (name: string) => string;
}

/** A chart as lines, from its top left corner: every value counts in its column of pixels, as on the page. */
export function chartBody(shape: ChartShape): string {
  const drawn = shape.lines.map((line) => lineParts(shape, line));
  return [
    ...axes(shape),
    ...drawn.map(({ band }) => band),
    ...drawn.map(({ raw }) => raw),
    ...drawn.map(({ line }) => line),
    ...drawn.map(({ missing }) => missing),
    stepMark(shape),
    ...shape.levels.map((level) => levelMark(shape, level)),
  ].join('\n');
}

/** Share of an axis that lies before a value. */
function shareOf(value: number, [low, high]: readonly [number, number], log: boolean): number {
  return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

const xOf = ({ left, width, steps, logX }: ChartShape, step: number): number =>
  round(left + width * shareOf(step, steps, logX));
const yOf = ({ top, height, values, logY }: ChartShape, value: number): number =>
  round(top + height * (1 - shareOf(value, values, logY)));

const font = { 'font-family': 'system-ui, sans-serif', 'font-size': 11 } as const;

function axes(shape: ChartShape): readonly string[] {
  const { left, top, width, height, steps, values, logX, logY, ink } = shape;
  const ticks = (range: readonly [number, number], log: boolean) => (log ? logTicks : linearTicks)(...range);
  const grid = { stroke: ink('--grid') };
  const label = { fill: ink('--muted'), ...font };
  const across = ticks(values, logY).map((value) => {
    const y = yOf(shape, value);
    const text = element('text', { x: left - 6, y: y + 4, 'text-anchor': 'end', ...label }, shortNumber(value));
    return element('line', { x1: left, x2: left + width, y1: y, y2: y, ...grid }) + text;
  });
  const up = ticks(steps, logX).map((value) => {
    const x = xOf(shape, value);
    const at = { x, y: top + height + 16, 'text-anchor': 'middle' };
    return (
      element('line', { x1: x, x2: x, y1: top, y2: top + height, ...grid }) +
      element('text', { ...at, ...label }, shortNumber(value))
    );
  });
  return [...across, ...up];
}

function lineParts(shape: ChartShape, { series, color, dash, band, raw }: Line) {
  const { steps, width, logX, logY, ink } = shape;
  const axis = { from: steps[0], to: steps[1], columns: Math.max(1, Math.round(width)), log: logX };
  const columns = (of: Line['series']) => pixelColumns(of, axis, logY);
  const own = columns(series);
  const stroke = { stroke: ink(color), 'stroke-width': 1.6, ...(dash && { 'stroke-dasharray': dash.join(' ') }) };
  return {
    band: band ? between(shape, columns(band[0]), columns(band[1]), ink(color)) : '',
    raw: raw ? stretches(shape, columns(raw), { ...stroke, opacity: 0.3 }) : '',
    line: stretches(shape, own, stroke),
    missing: own.map((column) => missingMarks(shape, column)).join(''),
  };
}

const at = ({ left }: ChartShape, column: PixelColumn): number => left + column.at + 0.5;

/** First, least, greatest and last of every column; broken where a value is not finite. */
function stretches(
  shape: ChartShape,
  columns: readonly PixelColumn[],
  stroke: Readonly<Record<string, string | number>>,
) {
  const parts: string[][] = [[]];
  for (const column of columns) {
    if (!hasLine(column)) parts.push([]);
    else parts.at(-1)!.push(cornersOf(shape, column));
    if (column.notFinite || column.notPositive) parts.push([]);
  }
  const drawn = parts.filter(({ length }) => length > 0);
  const [lone] = columns;
  if (columns.length === 1 && lone && hasLine(lone)) return loneDot(shape, lone, stroke);
  return drawn.map((points) => element('polyline', { fill: 'none', ...stroke, points: points.join(' ') })).join('\n');
}

/** A line of one point would not be seen. */
const loneDot = (shape: ChartShape, column: PixelColumn, { stroke = '' }: Readonly<Record<string, string | number>>) =>
  element('circle', { cx: at(shape, column), cy: yOf(shape, column.last), r: loneRadius, fill: stroke });

function cornersOf(shape: ChartShape, column: PixelColumn): string {
  const x = at(shape, column);
  return [column.first, column.min, column.max, column.last].map((value) => `${x},${yOf(shape, value)}`).join(' ');
}

function between(shape: ChartShape, low: readonly PixelColumn[], high: readonly PixelColumn[], fill: string): string {
  const upper = high.filter(hasLine).map((column) => `${at(shape, column)},${yOf(shape, column.max)}`);
  const lower = low.filter(hasLine).map((column) => `${at(shape, column)},${yOf(shape, column.min)}`);
  return element('polygon', { points: [...upper, ...lower.reverse()].join(' '), fill, 'fill-opacity': 0.18 });
}

const markSize = 5;

/** Values that are not finite, at the top, and that a logarithmic axis has no place for, at the bottom. */
function missingMarks(shape: ChartShape, column: PixelColumn): string {
  const { top, height, ink } = shape;
  const x = at(shape, column);
  const mark = (y: number, size: number): string =>
    element('path', { d: `M${x - markSize} ${y}h${2 * markSize}l${-markSize} ${1.6 * size}z`, fill: ink('--bad') });
  return (column.notFinite ? mark(top, markSize) : '') + (column.notPositive ? mark(top + height, -markSize) : '');
}

function stepMark(shape: ChartShape): string {
  const x = xOf(shape, Math.max(Math.min(1, shape.steps[0]), shape.step));
  if (!(x >= shape.left && x <= shape.left + shape.width)) return '';
  const { top, height, ink } = shape;
  return element('line', { x1: x, x2: x, y1: top, y2: top + height, stroke: ink('--text'), opacity: 0.55 });
}

function levelMark(shape: ChartShape, { value, label }: ChartShape['levels'][number]): string {
  const y = yOf(shape, value);
  const { left, top, width, height, ink } = shape;
  if (!(y >= top && y <= top + height)) return '';
  const line = { x1: left, x2: left + width, y1: y, y2: y, stroke: ink('--bad'), 'stroke-dasharray': '4 4' };
  return (
    element('line', line) + element('text', { x: left + 6, y: y - 4, fill: ink('--bad'), ...font }, escaped(label))
  );
}
