import type { TopLevelSpec } from 'vega-lite';
import type { Axis, Figure } from '../experiments/experiment.js';
import type { TrialRecord } from '../lab/record.js';
import { figureTheme } from './figure-theme.js';
import { armColour, truthColour } from './palette.js';
import type { ReportRun, ReportTrial } from './run.js';
import { type Point, thin } from './thin.js';

/** Room for a drawing: `wide` for a page, a print and a file, `narrow` for a phone. */
export type FigureSize = 'wide' | 'narrow';

const sizes = {
  wide: { width: 600, height: 300, buckets: 300, legendColumns: 0 },
  narrow: { width: 270, height: 230, buckets: 140, legendColumns: 1 },
} as const;

interface Curve {
  readonly trial: ReportTrial;
  readonly points: readonly Point[];
}

/**
 * A Vega-Lite spec of a figure with its data in it, thinned to what its size can show; undefined where no trial has what it shows.
 * A figure with `title` stands alone; on a page the title is text.
 */
export function figureSpec(figure: Figure, run: ReportRun, size: FigureSize, title?: string): TopLevelSpec | undefined {
  const { width, height, legendColumns } = sizes[size];
  const curves = curvesOf(figure, run);
  if (curves.length === 0) return undefined;
  // Many seeds share one drawing's worth of points, so that the page stays small.
  const buckets = Math.min(sizes[size].buckets, Math.max(60, Math.floor((6 * sizes[size].buckets) / curves.length)));
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    ...(title === undefined ? {} : { title }),
    width,
    height,
    config: figureTheme(legendColumns),
    layer: layersOf(
      figure,
      run,
      curves.map(({ trial, points }) => ({ trial, points: thin(points, buckets) })),
    ),
  } as TopLevelSpec;
}

function curvesOf(figure: Figure, run: ReportRun): readonly Curve[] {
  const curves = run.trials.flatMap((trial): Curve[] =>
    trial.record === undefined ? [] : [{ trial, points: pointsOf(figure, trial.record) }],
  );
  const drawable = curves.filter(({ points }) => points.length > 0);
  return figure.kind === 'truth' ? drawable.slice(0, 1) : drawable;
}

function pointsOf(figure: Figure, record: TrialRecord): readonly Point[] {
  const factor = figure.y.percent ? 100 : 1;
  const isDrawable = (y: number | null | undefined): y is number =>
    y !== null && y !== undefined && (figure.y.scale !== 'log' || y > 0);
  const zip = (xs: readonly (number | null)[] = [], ys: readonly (number | null)[] = []): readonly Point[] =>
    ys.flatMap((y, i) => {
      const x = xs[i];
      return isDrawable(y) && x !== null && x !== undefined ? [{ x, y: factor * y }] : [];
    });
  if (figure.kind === 'metric') return zip(record.metrics['epoch'], record.metrics[figure.metric]);
  const { predictions } = record;
  return zip(predictions?.x, figure.kind === 'truth' ? predictions?.truth : predictions?.predicted);
}

function layersOf(figure: Figure, run: ReportRun, curves: readonly Curve[]): readonly object[] {
  const x = { field: 'x', type: 'quantitative', ...axis(figure.x, extent(curves, 'x')) };
  const y = { field: 'y', type: 'quantitative', ...axis(figure.y, valueExtent(figure, curves)) };
  const first = curves[0]!;
  if (figure.kind === 'truth') {
    const mark = { type: 'point', filled: true, size: 14, opacity: 1, color: '#333' };
    return [{ data: { values: first.points }, mark, encoding: { x, y } }];
  }
  const color = armScale(run, curves, figure.kind === 'predictions');
  const arms = armLayer(curves, { x, y, color });
  if (figure.kind === 'predictions') {
    const truth = pointsOf({ ...figure, kind: 'truth' }, first.trial.record!);
    return [truthLayer(truth, { x, y, color: { ...color, field: undefined, datum: truthLabel } }), arms];
  }
  return figure.threshold === undefined ? [arms] : [...thresholdLayers(figure.threshold, y), arms];
}

const truthLabel = 'target';

/** Colours of what is drawn, in the order of the preset; both drawings of a figure and all figures of a run agree. */
function armScale(run: ReportRun, curves: readonly Curve[], withTruth: boolean): object {
  const arms = run.preset.arms.filter(({ id }) => curves.some(({ trial }) => trial.arm.id === id));
  const domain = arms.map(({ label }) => label);
  const range = arms.map(({ id }) => armColour(run, id));
  const scale = withTruth ? { domain: [truthLabel, ...domain], range: [truthColour, ...range] } : { domain, range };
  return { field: 'network', type: 'nominal', scale, legend: { title: null } };
}

function armLayer(curves: readonly Curve[], encoding: object): object {
  const values = curves.flatMap(({ trial, points }) =>
    points.map((point) => ({ network: trial.arm.label, seed: trial.seed, ...point })),
  );
  const few = curves.every(({ points }) => points.length <= 50);
  const oneSeed = new Set(curves.map(({ trial }) => trial.seed)).size === 1;
  return {
    data: { values },
    mark: {
      type: 'line',
      strokeWidth: few ? 1.8 : 1.3,
      strokeJoin: 'round',
      strokeOpacity: oneSeed ? 0.95 : 0.5,
      point: few && { size: 28 },
    },
    encoding: { ...encoding, detail: { field: 'seed', type: 'nominal' } },
  };
}

const truthLayer = (values: readonly Point[], encoding: object): object => ({
  data: { values },
  mark: { type: 'line', strokeWidth: 6, strokeCap: 'round', strokeJoin: 'round' },
  encoding,
});

/** A dashed line with its name under it at the left, where a falling curve has not yet come down. */
function thresholdLayers({ value, label }: { value: number; label: string }, y: object): readonly object[] {
  const data = { values: [{ y: value, label }] };
  const text = { type: 'text', align: 'left', baseline: 'top', dx: 6, dy: 4, color: '#555', fontSize: 11 };
  return [
    { data, mark: { type: 'rule', strokeDash: [5, 4], color: '#666' }, encoding: { y } },
    { data, mark: text, encoding: { y, x: { value: 0 }, text: { field: 'label' } } },
  ];
}

type Extent = readonly [low: number, high: number];

function extent(curves: readonly Curve[], field: keyof Point): Extent {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { points } of curves) {
    for (const point of points) {
      low = Math.min(low, point[field]);
      high = Math.max(high, point[field]);
    }
  }
  return [low, high];
}

/** Values with room for a threshold and for its name under it. */
function valueExtent(figure: Figure, curves: readonly Curve[]): Extent {
  const [low, high] = extent(curves, 'y');
  return figure.kind === 'metric' && figure.threshold
    ? [Math.min(low, 0.8 * figure.threshold.value), high]
    : [low, high];
}

function axis({ label, scale = 'linear' }: Axis, [low, high]: Extent): object {
  if (scale === 'linear') return { axis: { title: label }, scale: { type: 'linear', zero: false } };
  const domain: Extent = [low * 0.8, high * 1.25];
  return {
    axis: { title: label, values: logTicks(...domain), labelOverlap: false },
    scale: { type: 'log', domain, nice: false },
  };
}

/** Powers of ten, and their doubles and fives where those alone are too few. */
function logTicks(low: number, high: number): readonly number[] {
  const steps = high / low > 200 ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  for (let decade = -12; decade <= 12; decade++) {
    for (const step of steps) ticks.push(Number(`${step}e${decade}`));
  }
  return ticks.filter((tick) => tick >= low && tick <= high);
}
