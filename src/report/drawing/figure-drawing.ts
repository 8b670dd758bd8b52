import type { TrialRecord } from '../../lab/record.js';
import type { Arm } from '../../study/experiment.js';
import type { Figure } from '../../study/figure.js';
import { type ResultView, takeReading } from '../../study/take-reading.js';
import { type ReportRun, type ReportTrial, seedsOf } from '../tables/run.js';
import { columnSeries } from './column-series.js';
import { bundled, drawable, lineForm, zip } from './curves.js';
import type { Drawing, Series } from './drawing.js';
import { armColours, colourAt, truthColour } from './palette.js';
import { seriesColours, seriesName } from './series-names.js';
import type { Point } from './thin.js';

type FigureOf<K extends Figure['kind']> = Extract<Figure, { kind: K }>;

/** Takes what a figure shows from the results of a run; undefined where none of them has it. */
export function drawingOf(figure: Figure, run: ReportRun): Drawing | undefined {
  return drawingFrom(figure, seriesOf(figure, run));
}

/** Puts axes and series together; undefined where no series has a point. */
export function drawingFrom(
  { x, y, y2, threshold }: Pick<Drawing, 'x' | 'y' | 'y2' | 'threshold'>,
  all: readonly Series[],
): Drawing | undefined {
  const drawn = all.filter(({ lines }) => lines.some((points) => points.length > 0));
  const series = drawn.map((one) => (one.right ? { ...one, name: `${one.name} (right axis)`.trimStart() } : one));
  if (series.length === 0) return undefined;
  return { x, y, ...(y2 && series.some(({ right }) => right) && { y2 }), ...(threshold && { threshold }), series };
}

function seriesOf(figure: Figure, run: ReportRun): readonly Series[] {
  switch (figure.kind) {
    case 'metric':
      return metricSeries(figure, run);
    case 'truth':
      return truthSeries(figure, run, { name: '', colour: '#333333', form: 'dots' });
    case 'predictions':
      return [
        ...truthSeries(figure, run, { name: 'target', colour: truthColour, form: 'under' }),
        ...predictionSeries(figure, run),
      ];
    case 'by-arm':
      return armSeries(figure, run);
    case 'columns':
      return columnSeries(figure, run);
    case 'scatter':
      return scatterSeries(figure, run);
  }
}

/** The arms that a figure is of, in the order of the preset: all, or those it names. */
function armsOf(run: ReportRun, figure: Figure): readonly Arm[] {
  const named = figure.kind === 'metric' || figure.kind === 'predictions' ? figure.arms : [];
  return run.preset.arms.filter(({ id }) => named === undefined || named.includes(id));
}

/** Colours of a figure's arms, the same through all figures of the run. */
function coloursIn(run: ReportRun, figure: Figure): ReadonlyMap<string, string> {
  const { figures } = run.protocol;
  return armColours(figures.map((one) => armsOf(run, one).map(({ id }) => id)))[figures.indexOf(figure)]!;
}

/**
 * Curves of an arm, one a seed, and those of the rounding twins of the first seed that has some (with the trial itself
 * among them).
 */
function curvesOf(run: ReportRun, arm: Arm, pointsOf: (record: TrialRecord) => readonly Point[]) {
  const ofArm = (trial: ReportTrial): boolean => trial.arm.id === arm.id && trial.record !== undefined;
  const trials = run.trials.filter(ofArm);
  const twins = run.twins.filter(ofArm);
  const seed = twins[0]?.seed;
  const family = [...trials, ...twins].filter((trial) => trial.seed === seed);
  const points = ({ record }: ReportTrial): readonly Point[] => pointsOf(record!);
  return bundled(trials.map(points), family.map(points));
}

function metricSeries(figure: FigureOf<'metric'>, run: ReportRun): readonly Series[] {
  const arms = armsOf(run, figure);
  const colours = seriesColours(figure.series);
  const ofArms = coloursIn(run, figure);
  const toX = drawable(figure.x);
  return arms.flatMap((arm) =>
    figure.series.map((series, i): Series => {
      const { metric, factor = 1, offset = 0, axis, dashed } = series;
      const right = axis === 'right';
      const toY = drawable((right && figure.y2) || figure.y);
      const points = ({ metrics }: TrialRecord): readonly Point[] =>
        zip(
          metrics['epoch'],
          metrics[metric]?.map((value) => value && factor * value + offset),
          toX,
          toY,
        );
      const curves = curvesOf(run, arm, points);
      return {
        name: seriesName(arm.label, arms.length > 1, series.label),
        colour: arms.length > 1 ? ofArms.get(arm.id)! : colours[i]!,
        form: lineForm(curves.lines, arms.length * figure.series.length),
        ...(dashed && { dashed }),
        ...(right && { right }),
        ...curves,
      };
    }),
  );
}

function truthSeries(
  figure: Figure,
  run: ReportRun,
  look: Pick<Series, 'name' | 'colour' | 'form'>,
): readonly Series[] {
  const predictions = run.trials.find(({ record }) => record?.predictions !== undefined)?.record?.predictions;
  if (predictions === undefined) return [];
  return [{ ...look, lines: [zip(predictions.x, predictions.truth, drawable(figure.x), drawable(figure.y))] }];
}

function predictionSeries(figure: FigureOf<'predictions'>, run: ReportRun): readonly Series[] {
  const points = ({ predictions }: TrialRecord): readonly Point[] =>
    zip(predictions?.x, predictions?.predicted, drawable(figure.x), drawable(figure.y));
  const arms = armsOf(run, figure);
  const colours = coloursIn(run, figure);
  return arms.map((arm) => ({
    name: arm.label,
    colour: colours.get(arm.id)!,
    form: 'line',
    ...curvesOf(run, arm, points),
  }));
}

/** Results of an arm (of trials or of measurements) from a seed. */
function resultOf(run: ReportRun, arm: string, seed: number): ResultView | undefined {
  return [...run.trials, ...run.measurements].find((task) => task.arm.id === arm && task.seed === seed)?.record;
}

function numberOf(run: ReportRun, armId: string, name: string): number | undefined {
  return [...run.preset.arms, ...run.preset.measurements].find(({ id }) => id === armId)?.numbers?.[name];
}

function armSeries(figure: FigureOf<'by-arm'>, run: ReportRun): readonly Series[] {
  const colours = seriesColours(figure.series);
  const toX = drawable(figure.x);
  return figure.series.map((series, i): Series => {
    const right = series.axis === 'right';
    const toY = drawable((right && figure.y2) || figure.y);
    const curve = (seed: number): readonly Point[] => {
      const results = series.arms.map((arm) => resultOf(run, arm, seed));
      const ys = results.map((result) => result && takeReading(series.reading, result));
      const points = zip(
        series.arms.map((arm) => numberOf(run, arm, figure.at)),
        ys,
        toX,
        toY,
      );
      return [...points].sort((a, b) => a.x - b.x);
    };
    return {
      name: series.label ?? '',
      colour: colours[i]!,
      form: 'marked',
      ...(series.dashed && { dashed: true }),
      ...(right && { right }),
      ...bundled(seedsOf(run).map(curve)),
    };
  });
}

function scatterSeries(figure: FigureOf<'scatter'>, run: ReportRun): readonly Series[] {
  const byArm = figure.series.length === 1 && figure.series[0]!.arms.length > 1;
  const parts = byArm
    ? figure.series[0]!.arms.map((arm) => ({ ...figure.series[0]!, arms: [arm], label: labelOf(run, arm) }))
    : figure.series;
  return parts.map((series, i) => {
    const pairs = series.arms.flatMap((arm) =>
      seedsOf(run).map((seed) => {
        const result = resultOf(run, arm, seed);
        return { x: result && takeReading(series.x, result), y: result && takeReading(series.y, result) };
      }),
    );
    const xs = pairs.map(({ x }) => x);
    const ys = pairs.map(({ y }) => y);
    return {
      name: series.label ?? '',
      colour: colourAt(i, parts.length),
      form: 'dots',
      lines: [zip(xs, ys, drawable(figure.x), drawable(figure.y))],
    };
  });
}

const labelOf = (run: ReportRun, armId: string): string =>
  [...run.preset.arms, ...run.preset.measurements].find(({ id }) => id === armId)?.label ?? armId;
