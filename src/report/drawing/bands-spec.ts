import type { TopLevelSpec } from 'vega-lite';
import { type QuantityRow, valuesOf } from '../tables/quantity-rows.js';
import type { ReportRun } from '../tables/run.js';
import { axisSpec } from './axis-spec.js';
import { figurePadding, figureTheme } from './figure-theme.js';
import type { FigureSize } from './vega-spec.js';

const widths: Readonly<Record<FigureSize, number>> = { wide: 560, narrow: 190 };
const kinds = { seeds: '#0072b2', 'rounding twins': '#d55e00', reported: '#000000' } as const;
type Kind = keyof typeof kinds;

/** Whether a reported number has something to be seen against: other seeds, or rounding twins of its own. */
export const hasBands = ({ reported, cells: [cell] }: QuantityRow): boolean =>
  reported !== undefined && ((cell?.seeds?.count ?? 0) >= 3 || (cell?.twins?.count ?? 0) >= 3);

/**
 * Where reported numbers lie among the same number from other seeds, and from rounding twins of one seed. `rows` are
 * those of one quantity and of this run alone.
 */
export function bandsSpec(
  run: ReportRun,
  rows: readonly QuantityRow[],
  size: FigureSize,
  title?: string,
): TopLevelSpec {
  const values = rows.flatMap((row) => valueRows(run, row));
  const x = valueAxis(rows[0]!.quantity.label, values);
  const { color, shape } = kindLooks(values);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    ...(title !== undefined && { title }),
    padding: figurePadding,
    width: widths[size],
    height: { step: 20 },
    config: figureTheme(size === 'wide' ? 3 : 1),
    data: { values },
    encoding: { ...armAxis, color },
    layer: [
      {
        transform: [...isKind('!='), middleHalf],
        mark: { type: 'rule', strokeWidth: 7, opacity: 0.3 },
        encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' } },
      },
      {
        transform: isKind('!='),
        mark: { type: 'point', filled: true, size: 24, opacity: 0.75 },
        encoding: { x, shape },
      },
      { transform: isKind('=='), mark: { type: 'point', filled: true, size: 90, opacity: 1 }, encoding: { x, shape } },
    ],
  } as TopLevelSpec;
}

/** A row for each arm, and in it one for each kind of value. */
const armAxis = {
  y: {
    field: 'arm',
    type: 'nominal',
    sort: null,
    axis: { title: null, labelLimit: 0, domain: false, ticks: false },
  },
  yOffset: { field: 'kind', type: 'nominal', sort: Object.keys(kinds), scale: { paddingOuter: 0.2 } },
};

const isKind = (test: string): readonly object[] => [{ filter: `datum.kind ${test} 'reported'` }];

const middleHalf = {
  aggregate: [
    { op: 'q1', field: 'value', as: 'low' },
    { op: 'q3', field: 'value', as: 'high' },
  ],
  groupby: ['arm', 'kind'],
};

/** Times to converge have a long tail: seen in even steps, most of them would be one dot. */
function valueAxis(label: string, values: readonly ValueRow[]): object {
  const numbers = values.map(({ value }) => value);
  const extent = [Math.min(...numbers), Math.max(...numbers)] as const;
  const scale = extent[0] > 0 && extent[1] > 8 * extent[0] ? 'log' : 'linear';
  return { field: 'value', type: 'quantitative', ...axisSpec({ label, scale }, extent, 60) };
}

/** Colours and forms of the kinds that there are, with one legend for both. */
function kindLooks(values: readonly ValueRow[]): Readonly<Record<'color' | 'shape', object>> {
  const present = (Object.keys(kinds) as Kind[]).filter((kind) => values.some((row) => row.kind === kind));
  const base = { field: 'kind', type: 'nominal' };
  const legend = { title: null, symbolStrokeWidth: 0 };
  const forms = present.map((kind) => (kind === 'reported' ? 'diamond' : 'circle'));
  return {
    color: { ...base, scale: { domain: present, range: present.map((kind) => kinds[kind]) }, legend },
    shape: { ...base, scale: { domain: present, range: forms }, legend },
  };
}

interface ValueRow {
  readonly arm: string;
  readonly kind: Kind;
  readonly value: number;
}

function valueRows(run: ReportRun, { quantity, arm, reported }: QuantityRow): readonly ValueRow[] {
  const trials = run.trials.filter((trial) => trial.arm.id === arm.id);
  const twins = run.twins.filter((trial) => trial.arm.id === arm.id);
  const make = (kind: Kind, values: readonly number[]): readonly ValueRow[] =>
    values.map((value) => ({ arm: arm.label, kind, value }));
  return [
    ...make('seeds', valuesOf([...trials, ...run.measurements.filter((one) => one.arm.id === arm.id)], quantity)),
    ...make('rounding twins', valuesOf(twins, quantity)),
    ...make('reported', reported ? [reported.value] : []),
  ];
}
