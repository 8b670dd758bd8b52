import type { Figure } from '../../study/figure.js';
import { gradientNormAxis, normCurves, ofColumns, value } from '../../study/vocabulary/index.js';
import { codedWidths, lastEpoch } from './arms.js';
import { searches } from './searches.js';

const ratioAxis = { label: 'minimal ratio (share of eigenvalues above 0)' };
const lossAxis = { label: 'loss (mean squared error)' };
const stepAxis = { label: 'epoch (full-batch steps)' };
const coded = codedWidths.map(({ id }) => id);

const codedScatter = ofColumns({
  id: 'loss-ratio',
  title: 'Loss against minimal ratio',
  caption:
    'One point an epoch of one run. See whether the points get anywhere near a zero gradient, whose norm is in the ' +
    'figure below.',
  mark: 'points',
  arms: coded,
  series: [{ x: 'loss', y: 'ratio' }],
  x: lossAxis,
  y: ratioAxis,
});

const swappedScatter: Figure = {
  ...codedScatter,
  title: 'Loss against minimal ratio, as coded: with the axes exchanged',
  caption:
    'One point an epoch of one run. The original labels the axes the other way round (D26). See how the loss grows ' +
    'from point to point: nothing here is near a zero gradient.',
  series: [{ x: 'ratio', y: 'loss' }],
  x: ratioAxis,
  y: lossAxis,
};

const byEpoch: readonly Figure[] = [
  ofColumns({
    id: 'loss',
    title: 'Loss by epoch',
    caption:
      'The loss that is supposed to fall. With stepOnWrongGradient on it rises: the optimizer never sees it (D21).',
    mark: 'line',
    arms: coded,
    series: [{ x: 'epoch', y: 'loss' }],
    x: stepAxis,
    y: lossAxis,
  }),
  ofColumns({
    id: 'gradient-norm',
    title: 'Gradient norm by epoch',
    caption: 'The norm that is supposed to be almost zero: see how far from it all of this section takes place (D25).',
    mark: 'line',
    arms: coded,
    series: [{ x: 'epoch', y: 'gradNorm' }],
    x: stepAxis,
    y: gradientNormAxis,
  }),
];

/** The run as the code draws it, with its axes exchanged or not. */
export const codedFigures = (swapAxes: boolean): readonly Figure[] => [
  swapAxes ? swappedScatter : codedScatter,
  ...byEpoch,
];

/** A point of each seed and arm. */
const scatter = (
  title: string,
  caption: string,
  arms: readonly { readonly id: string; readonly label?: string }[],
): Figure => ({
  kind: 'scatter',
  id: 'loss-ratio',
  title,
  caption,
  series: arms.map(({ id, label }) => ({
    ...(label && { label }),
    arms: [id],
    x: value('loss'),
    y: value('minimalRatio'),
  })),
  x: lossAxis,
  y: ratioAxis,
});

/** Where the text's trainings end. */
export const writtenFigures: readonly Figure[] = [
  scatter(
    `Loss against minimal ratio after ${lastEpoch} epochs`,
    'One point a seed. The gradient is far from zero here, so these are points on the way and no minima.',
    [{ id: 'hessian' }],
  ),
  normCurves({
    caption:
      'Norm of the gradient of the loss before each step: what "almost zero" would have to mean after ' +
      `${lastEpoch} epochs.`,
    x: stepAxis,
  }),
];

/** Where the searches end. */
export const intendedFigures: readonly Figure[] = [
  scatter(
    'Loss against minimal ratio at points of zero gradient',
    'One point a seed. See whether low losses go with high ratios: at a minimum without flat directions the ratio ' +
      'is 1.',
    searches,
  ),
];
