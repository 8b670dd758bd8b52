import type { Axis } from '../../study/figure.js';
import { type QuantityRow, valuesOf } from '../tables/quantity-rows.js';
import type { ReportRun } from '../tables/run.js';
import type { BandPoint } from './bands.js';
import type { Drawing, Series, SeriesForm } from './drawing.js';
import { type Point, thin } from './thin.js';

/** A figure as data, for who draws it again: its numbers have five digits, more than a drawing shows. */
export type FigureData =
  | {
      readonly kind: 'curves';
      readonly x: Axis;
      readonly y: Axis;
      readonly y2?: Axis;
      readonly threshold?: { readonly value: number; readonly label: string };
      readonly series: readonly SeriesData[];
    }
  | { readonly kind: 'bands'; readonly label: string; readonly arms: readonly ArmBand[] };

/** What is drawn under one name: its lines, and what lies around them. */
export interface SeriesData {
  readonly name: string;
  readonly form: SeriesForm;
  readonly colour: string;
  readonly dashed?: boolean;
  /** Measured along the axis at the right. */
  readonly right?: boolean;
  readonly lines: readonly Columns<'x' | 'y'>[];
  /** The middle half of the seeds. */
  readonly seeds?: Columns<'x' | 'low' | 'high'>;
  /** All rounding twins of one seed. */
  readonly twins?: Columns<'x' | 'low' | 'high'>;
  /** Shares that are printed beside some of its points. */
  readonly printed?: Columns<'x' | 'y' | 'value'>;
}

/** A reported number among the same number from other seeds, and from rounding twins of one seed. */
export interface ArmBand {
  readonly arm: string;
  readonly reported?: number;
  readonly seeds: readonly number[];
  readonly twins: readonly number[];
}

/** Points by their coordinates. Shapes: each column [n]. */
export type Columns<Names extends string> = Readonly<Record<Names, readonly number[]>>;

const short = (value: number): number => Number(value.toPrecision(5));

const columns = <Names extends string, P extends Readonly<Record<Names, number>>>(
  names: readonly Names[],
  points: readonly P[],
): Columns<Names> =>
  Object.fromEntries(
    names.map((name) => [name, points.map((point) => short(point[name]))] as const),
  ) as unknown as Columns<Names>;

/** Curves with at most `points` points among all lines of a series, two a stretch; dots and paths are whole. */
export const curvesData = ({ x, y, y2, threshold, series }: Drawing, points: number): FigureData => ({
  kind: 'curves',
  x,
  y,
  ...(y2 && { y2 }),
  ...(threshold && { threshold }),
  series: series.map((one) => seriesData(one, points)),
});

function seriesData(series: Series, points: number): SeriesData {
  const { name, form, colour, dashed, right, lines, seeds, twins, printed } = series;
  const isWhole = form === 'path' || form === 'dots';
  const buckets = Math.max(10, Math.floor(points / (2 * Math.max(1, lines.length))));
  const thinned = <P extends Point>(line: readonly P[]): readonly P[] => (isWhole ? line : thin(line, buckets));
  const band = (line: readonly BandPoint[]) => columns(['x', 'low', 'high'], thinned(line));
  return {
    name,
    form,
    colour,
    ...(dashed && { dashed }),
    ...(right && { right }),
    lines: lines.map((line) => columns(['x', 'y'], thinned(line))),
    ...(seeds && { seeds: band(seeds) }),
    ...(twins && { twins: band(twins) }),
    ...(printed && { printed: columns(['x', 'y', 'value'], printed) }),
  };
}

/** Reported numbers among those of a run; `rows` are of one quantity and of this run alone. */
export const bandsData = (run: ReportRun, rows: readonly QuantityRow[]): FigureData => ({
  kind: 'bands',
  label: rows[0]!.quantity.label,
  arms: rows.map(({ quantity, arm, reported }) => {
    const ofArm = (task: { readonly arm: { readonly id: string } }): boolean => task.arm.id === arm.id;
    return {
      arm: arm.label,
      ...(reported && { reported: reported.value }),
      seeds: valuesOf([...run.trials, ...run.measurements].filter(ofArm), quantity).map(short),
      twins: valuesOf(run.twins.filter(ofArm), quantity).map(short),
    };
  }),
});
