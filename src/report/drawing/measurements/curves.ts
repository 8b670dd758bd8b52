import { type ColumnsLook, seriesOfTables } from '../column-series.js';
import type { Drawing } from '../drawing.js';
import { drawingFrom } from '../figure-drawing.js';
import { type MeasuredNetwork, percentText, valueText } from './text.js';

/** Curves of one measurement with what is said above them. */
export interface MeasuredCurves {
  readonly title: string;
  /** Numbers that belong to the curves. */
  readonly subtitle: string;
  /** Undefined where all values were not finite. */
  readonly drawing: Drawing | undefined;
}

type Column = readonly (number | null)[];

function curves(title: string, subtitle: string, look: ColumnsLook, columns: Record<string, Column>): MeasuredCurves {
  return { title, subtitle, drawing: drawingFrom(look, seriesOfTables(look, [{ label: '', tables: [columns] }])) };
}

/**
 * All eigenvalues from the largest to the smallest, their size on a logarithmic axis, their sign as the colour. What
 * counts as zero is drawn at the tolerance: below it is only rounding.
 */
export function hessianCurves({ values, columns }: MeasuredNetwork): MeasuredCurves {
  const falling = (columns['eigenvalue'] ?? []).flatMap((value) => (value === null ? [] : [value])).reverse();
  const tolerance = values['tolerance'] ?? 0;
  const sizes = (belongs: (value: number) => boolean): Column =>
    falling.map((value) => (belongs(value) ? Math.abs(value) : null));
  return curves(
    'All eigenvalues of the Hessian',
    `${falling.length} eigenvalues: ${values['nPositive']} positive, ${values['nZero']} zero within \
${valueText(tolerance)}, ${values['nNegative']} negative. Gradient norm ${valueText(values['gradNorm'])}.`,
    {
      mark: 'points',
      series: [
        { label: 'positive', x: 'rank', y: 'positive' },
        { label: 'zero, drawn at the tolerance', x: 'rank', y: 'zero' },
        { label: 'negative', x: 'rank', y: 'negative' },
      ],
      x: { label: 'rank, from the largest eigenvalue to the smallest' },
      y: { label: 'absolute eigenvalue (loss / parameter²)', scale: 'log' },
    },
    {
      rank: falling.map((_, i) => i + 1),
      positive: sizes((value) => value > tolerance),
      zero: falling.map((value) => (Math.abs(value) <= tolerance ? tolerance : null)),
      negative: sizes((value) => value < -tolerance),
    },
  );
}

/** What is below this share of the peak is drawn at it: Gaussians fall to 1e-300. */
const densityFloor = 1e-7;

/** The density of eigenvalues on a logarithmic axis, as most of it is near 0. */
export function spectrumCurves({ values, columns }: MeasuredNetwork): MeasuredCurves {
  const density = columns['density'] ?? [];
  const peak = density.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  return curves(
    "Density of the Hessian's eigenvalues",
    `From ${valueText(values['lambdaMin'])} to ${valueText(values['lambdaMax'])}, each broadened to a Gaussian of \
width ${valueText(values['sigma'])}. Drawn down to ${densityFloor} of the peak.`,
    {
      mark: 'line',
      series: [{ x: 'lambda', y: 'density' }],
      x: { label: 'eigenvalue (loss / parameter²)' },
      y: { label: 'density (share per unit)', scale: 'log' },
    },
    { lambda: columns['lambda'] ?? [], density: density.map((value) => value && Math.max(value, densityFloor * peak)) },
  );
}

/** Losses and, where there are labels, accuracies along the line through two networks. */
export function interpolationCurves({ values, columns, lossUnit }: MeasuredNetwork): MeasuredCurves {
  const losses = [...(columns['trainLoss'] ?? []), ...(columns['testLoss'] ?? [])].filter((loss) => loss !== null);
  // Beyond the ends a loss can be so high that nothing is seen of the rest on even steps.
  const isWide = Math.min(...losses) > 0 && Math.max(...losses) > 20 * Math.min(...losses);
  const test = values['barrierTest'] === undefined ? '' : `, test ${valueText(values['barrierTest'])}`;
  return curves(
    'Loss and accuracy on the line through both networks',
    `Barrier between 0 and 1: training ${valueText(values['barrierTrain'])}${test}.`,
    {
      mark: 'line',
      series: [
        { label: 'training loss', dashed: true, x: 'alpha', y: 'trainLoss' },
        { label: 'test loss', x: 'alpha', y: 'testLoss' },
        { label: 'training accuracy', dashed: true, axis: 'right', x: 'alpha', y: 'trainAccuracy' },
        { label: 'test accuracy', axis: 'right', x: 'alpha', y: 'testAccuracy' },
      ],
      x: { label: 'alpha (0: first network, 1: second)' },
      y: { label: `mean loss (${lossUnit})`, scale: isWide ? 'log' : 'linear' },
      y2: { label: 'mean accuracy (% of images)', percent: true },
    },
    columns,
  );
}

/** The paths of runs in the plane of their first two components; along the epochs, where only one was asked for. */
export function trajectoryCurves({ values, columns }: MeasuredNetwork): MeasuredCurves {
  const names = ['1', '2'].filter((n) => columns[`pc${n}`] !== undefined);
  const shares = (prefix: string): string => names.map((n) => percentText(values[`${prefix}${n}`])).join(' and ');
  const isPlane = names.length === 2;
  const axis = (n: string) => ({ label: `principal component ${n} (weight units)` });
  const several = new Set(columns['run']).size > 1;
  return curves(
    isPlane ? 'Path of the weights in its principal plane' : 'Path of the weights along its principal component',
    `Explained variance ${shares('explained')}; random walks of such steps would show \
${shares('randomWalkExplained')}. Off ${isPlane ? 'the plane' : 'the line'}: ${percentText(values['residualShare'])} \
of the distance.`,
    {
      mark: isPlane ? 'path' : 'line',
      series: [isPlane ? { x: 'pc1', y: 'pc2' } : { x: 'epoch', y: 'pc1' }],
      ...(several && { group: 'run' }),
      x: isPlane ? axis('1') : { label: 'epoch (passes over the training data)' },
      y: axis(isPlane ? '2' : '1'),
    },
    columns,
  );
}
