import type { ArmSeries, FigureKind, FigureOf } from '../figure.js';
import type { Reading } from '../reading.js';
import {
  accuracyAxis,
  crossEntropyAxis,
  epochAxis,
  fullBatchAxis,
  gradientNormAxis,
  squaredErrorAxis,
} from './axes.js';
import { last } from './readings.js';

/** A figure whose other parts its family has; any of them can be said otherwise. */
type Parts<K extends FigureKind, Needed extends keyof FigureOf<K>> = Pick<FigureOf<K>, Needed> &
  Partial<Omit<FigureOf<K>, 'kind'>>;

/** Metrics along the epochs of a training in batches. */
export const alongEpochs = (
  parts: Parts<'metric', 'id' | 'title' | 'caption' | 'series' | 'y'>,
): FigureOf<'metric'> => ({ kind: 'metric', x: epochAxis, ...parts });

/** Training loss of classifiers by epoch. */
export const lossCurves = (parts: Parts<'metric', 'caption'>): FigureOf<'metric'> =>
  alongEpochs({
    id: 'train-loss',
    title: 'Training loss',
    series: [{ metric: 'loss' }],
    y: crossEntropyAxis('training'),
    ...parts,
  });

/** Training accuracy of classifiers by epoch, as counted while they learn. */
export const accuracyCurves = (parts: Parts<'metric', 'caption'>): FigureOf<'metric'> =>
  alongEpochs({
    id: 'train-accuracy',
    title: 'Training accuracy, running',
    series: [{ metric: 'accuracy' }],
    y: accuracyAxis('training'),
    ...parts,
  });

/** Squared error of networks that learn a function from all points at once. */
export const fitCurves = (parts: Parts<'metric', 'title' | 'caption'>): FigureOf<'metric'> => ({
  kind: 'metric',
  id: 'loss',
  series: [{ metric: 'loss' }],
  x: fullBatchAxis,
  y: squaredErrorAxis,
  ...parts,
});

/** Norm of the gradient of such networks. */
export const normCurves = (parts: Parts<'metric', 'caption'>): FigureOf<'metric'> => ({
  kind: 'metric',
  id: 'gradient-norm',
  title: 'Gradient norm',
  series: [{ metric: 'gradNorm' }],
  x: fullBatchAxis,
  y: gradientNormAxis,
  ...parts,
});

/** A number of each arm against what the arms differ in. */
export const byArm = (parts: Omit<FigureOf<'by-arm'>, 'kind'>): FigureOf<'by-arm'> => ({ kind: 'by-arm', ...parts });

/** Columns of measurements. */
export const ofColumns = (parts: Omit<FigureOf<'columns'>, 'kind'>): FigureOf<'columns'> => ({
  kind: 'columns',
  ...parts,
});

/** Training, dashed as the original draws it, beside testing. */
export function trainingAndTest(
  arms: readonly string[],
  of: 'loss' | 'accuracy',
  training: Reading,
  axis?: ArmSeries['axis'],
): readonly ArmSeries[] {
  const common = { arms, ...(axis && { axis }) };
  return [
    { ...common, label: `training ${of}`, dashed: true, reading: training },
    { ...common, label: `test ${of}`, reading: last(of === 'loss' ? 'testLoss' : 'testAccuracy') },
  ];
}
