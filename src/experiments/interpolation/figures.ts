import type { Figure } from '../../study/figure.js';
import {
  accuracyAxis,
  byArm,
  crossEntropyAxis,
  last,
  lossCurves,
  ofColumns,
  trainingAndTest,
} from '../../study/vocabulary/index.js';
import { alphaIds, codedAlphas } from './arms.js';
import type { LineSwitches } from './bugs.js';

/** Training of the ends. */
export const endsFigure = (ends: readonly string[], caption: string): Figure =>
  lossCurves({ title: 'Training loss of the two ends', caption, arms: ends });

/** Training of the ends for as long as the original's figure of it shows. */
export const longEndsFigure = (ends: readonly string[]): Figure =>
  lossCurves({
    id: 'train-loss-15',
    title: 'Training loss of the two ends, 15 epochs',
    caption:
      "Mean loss of each epoch. The original's figure of training has 15 epochs, the networks that it interpolates 5 " +
      '(D39): this is the figure, run again.',
    arms: ends,
  });

const line = {
  id: 'line',
  title: 'Loss and accuracy on the line through both networks',
  x: { label: 'alpha (0: first network, 1: second network)' },
  y: crossEntropyAxis('mean'),
  y2: accuracyAxis('mean'),
  headline: true,
} as const;

/** Loss and accuracy along alpha of a measured line. */
const measuredFigure = (id: string, title: string, caption: string): Figure =>
  ofColumns({
    ...line,
    id,
    title,
    caption,
    mark: 'line',
    arms: [id],
    series: [
      { label: 'training loss', dashed: true, x: 'alpha', y: 'trainLoss' },
      { label: 'test loss', x: 'alpha', y: 'testLoss' },
      { label: 'training accuracy', dashed: true, axis: 'right', x: 'alpha', y: 'trainAccuracy' },
      { label: 'test accuracy', axis: 'right', x: 'alpha', y: 'testAccuracy' },
    ],
  });

const curves = {
  running: 'The training curve is the running mean of that epoch, the test curve is taken after it (D37).',
  atEnd: 'Both curves are taken after that epoch.',
} as const;

const retrainedFigure = (runningTrainCurve: boolean, ids: readonly string[]) =>
  byArm({
    ...line,
    caption:
      `${codedAlphas.length} networks, each trained for one epoch more after it was put together (D36). ` +
      `${runningTrainCurve ? curves.running : curves.atEnd} ` +
      'See where loss is least and which way it goes on either side.',
    at: 'alpha',
    series: [
      ...trainingAndTest(ids, 'loss', last(runningTrainCurve ? 'loss' : 'trainLoss')),
      ...trainingAndTest(ids, 'accuracy', last(runningTrainCurve ? 'accuracy' : 'trainAccuracy'), 'right'),
    ],
  });

/** The line of the version of the code that drew the original's figure. */
export const olderLineFigure = ({ runningTrainCurve }: LineSwitches, ids: readonly string[]): Figure => ({
  ...retrainedFigure(runningTrainCurve, ids),
  id: 'line-figure',
  title: "Loss and accuracy on the line, by the code that drew the original's figure",
  headline: false,
});

/** Loss and accuracy along alpha: of networks that were trained further, or of the line itself. */
export const lineFigure = ({ retrainAfterInterpolation, runningTrainCurve }: LineSwitches): Figure =>
  retrainAfterInterpolation
    ? retrainedFigure(runningTrainCurve, alphaIds)
    : measuredFigure(
        line.id,
        line.title,
        'Networks on the line as they are. See the rise between and beyond the two ends: that is what a landscape ' +
          'looks like without an epoch of repair.',
      );

/** The lines as they are, between ends that share a start and between ends that do not. */
export const bothLinesFigures = (shared: string, own: string): readonly Figure[] => [
  measuredFigure(
    'line-shared',
    'The line between both networks, which share a start',
    `Networks on the line as they are${shared}`,
  ),
  measuredFigure(
    'line-own',
    'The line between networks with a start of their own',
    `The same between two networks that started apart. ${own}`,
  ),
];
