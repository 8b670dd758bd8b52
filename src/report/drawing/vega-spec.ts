import type { TopLevelSpec } from 'vega-lite';
import { axisSpec, extentOf } from './axis-spec.js';
import type { BandPoint } from './bands.js';
import { type Drawing, pointsOf, type Series } from './drawing.js';
import { figurePadding, figureTheme } from './figure-theme.js';
import { thin } from './thin.js';

/** Room for a drawing: `wide` for a page, a print and a file, `narrow` for a phone. */
export type FigureSize = 'wide' | 'narrow';

/** `across` and `up`: letters that fit along each axis. */
const sizes = {
  wide: { width: 600, height: 300, buckets: 150, across: 80, up: 46 },
  narrow: { width: 270, height: 230, buckets: 80, across: 36, up: 34 },
} as const;

/**
 * A Vega-Lite spec of a drawing with its data in it, thinned to what its size can show. With `title` it stands alone;
 * on a page the title is text.
 */
export function vegaSpec(drawing: Drawing, size: FigureSize, title?: string): TopLevelSpec {
  const { height, buckets: most } = sizes[size];
  // A second axis takes its room from the drawing, so that its letters stay readable on a page of any width.
  const width = sizes[size].width - (drawing.y2 ? 75 : 0);
  // Many lines share one drawing's worth of points, so that the page stays small.
  const lines = drawing.series.flatMap((series) => series.lines).length;
  const buckets = Math.min(most, Math.max(50, Math.floor((5 * most) / lines)));
  const series = drawing.series.map((one) => thinned(one, buckets));
  const sides = [false, true].filter((right) => series.some((one) => (one.right ?? false) === right));
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    ...(title !== undefined && { title }),
    padding: figurePadding,
    width,
    height,
    config: figureTheme(legendColumns(series, width)),
    layer: sides.map((right) => ({ layer: layersOf({ ...drawing, series }, size, right) })),
    ...(sides.length > 1 && { resolve: { scale: { y: 'independent' } } }),
  } as TopLevelSpec;
}

function thinned(series: Series, buckets: number): Series {
  if (series.form === 'path' || series.form === 'dots') return series;
  return {
    ...series,
    lines: series.lines.map((line) => thin(line, buckets)),
    ...(series.seeds && { seeds: thin(series.seeds, buckets) }),
    ...(series.twins && { twins: thin(series.twins, buckets) }),
  };
}

/** As many columns as the widest name allows: a letter is some 7 units wide, a symbol with its gaps 40. */
function legendColumns(series: readonly Series[], width: number): number {
  const longest = series.reduce((most, { name }) => Math.max(most, name.length), 0);
  return Math.max(1, Math.floor((width + 40) / (7 * longest + 40)));
}

/** What is measured along one of the two vertical axes; bands lie under lines, lines under dots. */
function layersOf(drawing: Drawing, size: FigureSize, right: boolean): readonly object[] {
  const { across, up } = sizes[size];
  const own = drawing.series.filter((series) => (series.right ?? false) === right);
  const threshold = right ? undefined : drawing.threshold;
  const points = own.flatMap(pointsOf);
  const [low, high] = extentOf(points, 'y');
  // A threshold is in sight, with room for its name under it.
  const extent = [Math.min(low, 0.8 * (threshold?.value ?? low)), Math.max(high, threshold?.value ?? high)] as const;
  const yAxis = axisSpec((right && drawing.y2) || drawing.y, threshold ? extent : [low, high], up);
  const x = {
    field: 'x',
    type: 'quantitative',
    ...axisSpec(drawing.x, extentOf(drawing.series.flatMap(pointsOf), 'x'), across),
  };
  const encoding = { x, y: { field: 'y', type: 'quantitative', ...yAxis }, ...looks(drawing.series) };
  const all = [
    ...(threshold ? thresholdLayers(threshold, encoding.y) : []),
    formLayer(own, 'under', encoding),
    bandLayer(own, 'twins', encoding),
    bandLayer(own, 'seeds', encoding),
    formLayer(own, 'line', encoding),
    formLayer(own, 'marked', encoding),
    formLayer(own, 'path', encoding),
    formLayer(own.filter(({ form }) => form === 'path').map(endOf), 'dots', encoding, 70),
    formLayer(own, 'dots', encoding),
    printedLayer(own, encoding),
  ];
  return all.filter((layer) => layer !== undefined);
}

interface Encoding {
  readonly x: object;
  readonly y: object;
  readonly color: object;
  readonly strokeDash: object;
}

/** Stands for a series without a name: Vega takes an empty text for no value. */
const unnamed = '-';

/** Colours and dashes of all series, with one legend for both; series without a name are in none. */
function looks(series: readonly Series[]): Pick<Encoding, 'color' | 'strokeDash'> {
  const domain = series.map(({ name }) => name || unnamed);
  const named = domain.filter((name) => name !== unnamed);
  const dotsLegend = series.every(({ form }) => form === 'dots') && { symbolType: 'circle', symbolStrokeWidth: 0 };
  const base = {
    field: 'series',
    type: 'nominal',
    legend: named.length === 0 ? null : { title: null, values: named, ...dotsLegend },
  };
  return {
    color: { ...base, scale: { domain, range: series.map(({ colour }) => colour) } },
    strokeDash: { ...base, scale: { domain, range: series.map(({ dashed }) => (dashed ? [5, 4] : [1, 0])) } },
  };
}

const marks = {
  under: { type: 'line', strokeWidth: 6, strokeCap: 'round', strokeJoin: 'round' },
  line: { type: 'line', strokeWidth: 1.3, strokeJoin: 'round' },
  marked: { type: 'line', strokeWidth: 1.8, strokeJoin: 'round', point: { size: 28 } },
  path: { type: 'line', strokeWidth: 1.2, strokeJoin: 'round', point: { size: 16 } },
  dots: { type: 'point', filled: true, size: 22, opacity: 0.85 },
} as const;

function formLayer(
  series: readonly Series[],
  form: Series['form'],
  encoding: Encoding,
  size?: number,
): object | undefined {
  const own = series.filter((one) => one.form === form && one.lines.length > 0);
  if (own.length === 0) return undefined;
  const several = own.some(({ lines }) => lines.length > 1);
  const isLine = form !== 'dots';
  const rows = own.flatMap(({ name, lines }) =>
    lines.flatMap((line, i) =>
      line.map(
        ({ x, y }, order): Row => [
          name || unnamed,
          ...(isLine && several ? [i] : []),
          ...(form === 'path' ? [order] : []),
          x,
          y,
        ],
      ),
    ),
  );
  const columns = [...(isLine && several ? ['line'] : []), ...(form === 'path' ? ['order'] : []), 'x', 'y'];
  const { strokeDash, ...rest } = encoding;
  return {
    ...table(columns, rows),
    mark: { ...marks[form], ...(isLine && several && { strokeOpacity: 0.55 }), ...(size && { size }) },
    encoding: {
      ...rest,
      ...(isLine && { strokeDash }),
      ...(isLine && several && { detail: { field: 'line', type: 'nominal' } }),
      ...(form === 'path' && { order: { field: 'order', type: 'quantitative' } }),
    },
  };
}

/** The last point of each path of a series. */
const endOf = (series: Series): Series => ({
  ...series,
  form: 'dots',
  lines: [series.lines.flatMap((line) => line.slice(-1))],
});

/** Seeds fill their band; rounding twins are a paler one between dotted lines. */
const bandMarks = {
  seeds: { type: 'area', opacity: 0.2 },
  twins: { type: 'area', opacity: 0.09, line: { strokeWidth: 0.9, strokeDash: [1.5, 2.5], opacity: 0.9 } },
} as const;

function bandLayer(series: readonly Series[], which: 'seeds' | 'twins', encoding: Encoding): object | undefined {
  const own = series.filter((one) => (one[which]?.length ?? 0) > 0);
  if (own.length === 0) return undefined;
  const row = (name: string, { x, low, high }: BandPoint): Row => [name || unnamed, x, low, high];
  const { x, y, color } = encoding;
  return {
    ...table(
      ['x', 'low', 'high'],
      own.flatMap((one) => one[which]!.map((point) => row(one.name, point))),
    ),
    mark: bandMarks[which],
    encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
  };
}

/** Numbers above their points, in percent. */
function printedLayer(series: readonly Series[], { x, y }: Encoding): object | undefined {
  const rows = series.flatMap(({ name, printed = [] }) =>
    printed.map((point): Row => [name || unnamed, point.x, point.y, 100 * point.value]),
  );
  if (rows.length === 0) return undefined;
  return {
    ...table(['x', 'y', 'value'], rows),
    mark: { type: 'text', dy: -8, color: '#555', fontSize: 11 },
    encoding: { x, y, text: { field: 'value', type: 'quantitative', format: '.1f' } },
  };
}

/** The series that a row belongs to, then its values. */
type Row = readonly [series: string, ...values: number[]];

/**
 * Data of a layer as text with commas and with the series by number, a fifth of the size of objects. Five digits are
 * more than a drawing shows.
 */
function table(columns: readonly string[], rows: readonly Row[]): object {
  const names = [...new Set(rows.map(([name]) => name))];
  const lines = rows.map(([name, ...values]) => [names.indexOf(name), ...values.map(short)].join(','));
  const header = ['of', ...columns];
  return {
    data: {
      values: [header.join(','), ...lines].join('\n'),
      format: { type: 'csv', parse: Object.fromEntries(header.map((column) => [column, 'number'])) },
    },
    transform: [{ calculate: `${JSON.stringify(names)}[datum.of]`, as: 'series' }],
  };
}

const short = (value: number): number => Number(value.toPrecision(5));

/** A dashed line with its name under it at the left, where a falling curve has not yet come down. */
function thresholdLayers({ value, label }: { value: number; label: string }, y: object): readonly object[] {
  const data = { values: [{ y: value, label }] };
  const text = { type: 'text', align: 'left', baseline: 'top', dx: 6, dy: 4, color: '#555', fontSize: 11 };
  return [
    { data, mark: { type: 'rule', strokeDash: [5, 4], color: '#666' }, encoding: { y } },
    { data, mark: text, encoding: { y, x: { value: 0 }, text: { field: 'label' } } },
  ];
}
