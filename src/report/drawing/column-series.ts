import type { MeasurementRecord } from '../../lab/record.js';
import type { Figure } from '../../study/figure.js';
import { takeReading } from '../../study/take-reading.js';
import type { ReportMeasurement, ReportRun } from '../tables/run.js';
import { bundled, drawable, lineForm, zip } from './curves.js';
import type { PrintedPoint, Series } from './drawing.js';
import { colourAt } from './palette.js';
import { seriesColours, seriesName } from './series-names.js';
import type { Point } from './thin.js';

type ColumnsFigure = Extract<Figure, { kind: 'columns' }>;
type Columns = MeasurementRecord['columns'];

/** What a figure of columns says of what it draws, and how. */
export type ColumnsLook = Pick<ColumnsFigure, 'mark' | 'series' | 'group' | 'every' | 'threshold' | 'x' | 'y' | 'y2'>;

/** Columns that share a label: those of one measurement arm, a table a seed. */
export interface LabelledTables {
  readonly label: string;
  readonly tables: readonly Columns[];
}

/** Series of a figure of columns, of the arms that it names. */
export function columnSeries(figure: ColumnsFigure, run: ReportRun): readonly Series[] {
  const arms = run.preset.measurements.filter(({ id }) => figure.arms.includes(id));
  const tablesOf = (id: string): readonly Columns[] =>
    run.measurements.flatMap((one) =>
      one.arm.id === id && one.record ? [{ ...one.record.columns, ...printedColumn(figure.printed, one, run) }] : [],
    );
  return seriesOfTables(
    figure,
    arms.map(({ id, label }) => ({ label, tables: tablesOf(id) })),
  );
}

/** Series of columns: one for each arm, pair of columns and, where there is one, value of the column `group`. */
export function seriesOfTables(figure: ColumnsLook, arms: readonly LabelledTables[]): readonly Series[] {
  const colours = seriesColours(figure.series);
  const parts = arms.flatMap((arm, armIndex) => {
    const tables = arm.tables.map((columns) => everyNth(columns, figure.every));
    return figure.series.flatMap((series, i) => {
      const alone = figure.group !== undefined && arms.length === 1 && figure.series.length === 1;
      const name = alone ? '' : seriesName(arm.label, arms.length > 1, series.label);
      const colour = arms.length > 1 ? colourAt(armIndex, arms.length) : colours[i]!;
      const part = { series, name, colour, tables };
      return figure.group === undefined ? [part] : grouped(part, figure.group);
    });
  });
  const ungrouped = figure.group === undefined;
  return parts.map(({ series, name, colour, tables }, i): Series => {
    const right = series.axis === 'right';
    const toY = drawable((right && figure.y2) || figure.y);
    const curves = tables.map((columns): readonly Point[] =>
      zip(columns[series.x], columns[series.y], drawable(figure.x), toY),
    );
    return {
      name,
      colour: ungrouped ? colour : colourAt(i, parts.length),
      ...(series.dashed && { dashed: true }),
      ...(right && { right }),
      ...looksOf(figure.mark, curves, parts.length),
      ...printedOf(tables, series),
    };
  });
}

/** Numbers that stand beside points are a column of this name. */
const printedName = 'printed';

/** What is printed beside the points of a measurement, null beside most. */
function printedColumn(
  printed: ColumnsFigure['printed'],
  { arm, seed, record }: ReportMeasurement,
  { trials }: ReportRun,
): Columns {
  if (printed === undefined) return {};
  const { run = [], epoch = [] } = record!.columns;
  const values = epoch.map((at, i) => {
    const trial = trials.find((one) => one.arm.id === arm.of[run[i]!] && one.seed === seed)?.record;
    if (trial === undefined || at === null || !printed.epochs.includes(at)) return null;
    return takeReading({ kind: 'at', metric: printed.metric, epoch: at }, trial) ?? null;
  });
  return { [printedName]: values };
}

function printedOf(tables: readonly Columns[], { x, y }: ColumnsFigure['series'][number]): Pick<Series, 'printed'> {
  const printed = tables.flatMap((columns) =>
    (columns[printedName] ?? []).flatMap((value, i): readonly PrintedPoint[] => {
      const place = { x: columns[x]?.[i], y: columns[y]?.[i] };
      return value === null || place.x == null || place.y == null ? [] : [{ x: place.x, y: place.y, value }];
    }),
  );
  return printed.length === 0 ? {} : { printed };
}

function looksOf(
  mark: ColumnsFigure['mark'],
  curves: readonly (readonly Point[])[],
  among: number,
): Pick<Series, 'form' | 'lines'> {
  if (mark === 'points') return { form: 'dots', lines: [curves.flat()] };
  if (mark === 'path') return { form: 'path', lines: curves };
  const bundle = bundled(curves);
  return { form: lineForm(bundle.lines, among), ...bundle };
}

/** The rows in which a column is a multiple of a number. */
function everyNth(columns: Columns, every: ColumnsFigure['every']): Columns {
  return every === undefined ? columns : rowsWhere(columns, every.column, (value) => value % every.of === 0);
}

function rowsWhere(columns: Columns, name: string, keep: (value: number) => boolean): Columns {
  const chosen = (columns[name] ?? []).map((value) => value !== null && keep(value));
  return Object.fromEntries(Object.entries(columns).map(([key, values]) => [key, values.filter((_, i) => chosen[i])]));
}

/** A part for each value of a column, in rising order. */
function grouped<P extends { readonly name: string; readonly tables: readonly Columns[] }>(
  part: P,
  group: string,
): readonly P[] {
  const all = part.tables.flatMap((columns) => columns[group] ?? []);
  const values = [...new Set(all.filter((value) => value !== null))].sort((a, b) => a - b);
  const several = part.name === '' ? '' : `${part.name}, `;
  return values.map((value) => ({
    ...part,
    name: `${several}${group} ${value}`,
    tables: part.tables.map((columns) => rowsWhere(columns, group, (one) => one === value)),
  }));
}
