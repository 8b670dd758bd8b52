import type { Experiment, Protocol, Quantity } from '../../../study/experiment.js';
import { type Reported, reportedBy, sources, standardOf, switchable } from '../../../study/vocabulary/index.js';
import { alphaIds, codedAlphas } from '../arms.js';
import { rateDisagreements } from '../disagreements.js';
import { bothLinesFigures, endsFigure, lineFigure, longEndsFigure, olderLineFigure } from '../figures.js';
import { flatnessQuantities } from '../flatness.js';
import { barrier, curveQuantities, endQuantities, type LineTable, lineQuantities } from '../quantities.js';
import { codedBugs, endEpochs, figureIds, high, highOfFigure, intendedPresets, linePresets, low, own } from './arms.js';
import { claims } from './claims.js';

const line: LineTable = {
  losses: [
    [-2, 171.7],
    [-1.07, 21.7],
    [-0.13, 0.1425],
    [0, 0.0773],
    [0.13, 0.0617],
    [0.53, 0.0721],
    [0.93, 0.1132],
    [1.07, 0.136],
    [1.6, 0.292],
    [2, 0.4911],
  ],
  accuracies: [[2, 96.66]],
};

/** Of the version of the code that drew the original's figure. */
const lineOfFigure: LineTable = {
  losses: [
    [-2, 44.5],
    [-1.87, 36.4],
  ],
  accuracies: [[-2, 83]],
  ids: figureIds,
  version: { prefix: 'figure-', words: 'the code that drew the figure' },
  source: sources.older,
};

/** What the original's figure shows of the ends' training. */
const curveOf = (ends: readonly string[]): readonly Quantity[] =>
  curveQuantities(
    ends,
    reportedBy(ends, [0.258, 0.22], sources.figure),
    reportedBy(ends, [0.006, 0.062], sources.figure),
  );

const endsCaption =
  'Mean loss of each epoch, in batches of 64. See the noise of the larger learning rate, and what the smaller one ' +
  'reaches.';

const quantitiesOf = (retrained: boolean, endLosses?: Reported): readonly Quantity[] => [
  ...lineQuantities({ ...line, ...(retrained && { ids: alphaIds }) }),
  ...endQuantities([low, high], endLosses),
];

/** The end that did not move any more (D41) draws a level line in the saved notebook: its loss on the whole set. */
const levelLine = reportedBy([low], [0.0047], sources.notebook);

const asCoded = switchable(codedBugs, (on) => ({
  id: 'as-coded',
  note:
    'As the notebook was saved: ends in batches of 64 without weight decay; the one at 0.001 had 15 epochs from an ' +
    `earlier cell and did not move again, the one at 0.01 had 5; then ${codedAlphas.length} networks on the line, ` +
    'each ' +
    'trained for one epoch at 0.001 in batches of 1000. The figure of the original is of an older version, with 15 ' +
    'epochs for both and batches of 100: at full size it is run beside it.',
  presets: linePresets(
    { smoke: 1, quick: 3, report: 1, study: 5 },
    {
      epochs: on.staleOptimizer ? [15, 5] : [15, 15],
      weightDecay: 0,
      retraining: { learningRate: 1e-3, weightDecay: 0, batchSize: 1000, epochs: 1 },
      figure: { learningRate: 1e-3, weightDecay: 0, batchSize: 100, epochs: 1 },
    },
    on.retrainAfterInterpolation,
  ),
  figures: [
    endsFigure([low, high], endsCaption),
    longEndsFigure([low, highOfFigure]),
    lineFigure(on),
    olderLineFigure(on, figureIds),
  ],
  quantities: [
    ...quantitiesOf(on.retrainAfterInterpolation, levelLine),
    ...lineQuantities(lineOfFigure),
    ...curveOf([low, highOfFigure]),
  ],
}));

const asWritten: Protocol = {
  id: 'as-written',
  note:
    `As the text has it: ${endEpochs} epochs for both ends, weight decay 1e-4 as in the first half, and the ` +
    `${codedAlphas.length} networks trained once at 0.001 in batches of 100.`,
  presets: linePresets(
    { smoke: 1, quick: 1, study: 5 },
    {
      epochs: [endEpochs, endEpochs],
      weightDecay: 1e-4,
      retraining: { learningRate: 1e-3, weightDecay: 1e-4, batchSize: 100, epochs: 1 },
    },
    true,
  ),
  figures: [endsFigure([low, high], endsCaption), lineFigure(standardOf(codedBugs))],
  quantities: quantitiesOf(true),
};

const asIntended: Protocol = {
  id: 'as-intended',
  note:
    `Both ends are trained for ${endEpochs} epochs without weight decay, and nothing is trained after interpolation; ` +
    'with one start for both and with a start for each.',
  presets: intendedPresets,
  figures: [
    endsFigure([low, high, own], endsCaption),
    ...bothLinesFigures(
      '. See how fast the loss climbs beyond either end, and whether it is level between them.',
      'See whether a barrier stands between 0 and 1.',
    ),
  ],
  quantities: [barrier, ...endQuantities([low, high, own]), ...flatnessQuantities([low, high])],
};

/** 1.3.3, second half: what lies between networks of two learning rates? */
export const interpolationRate: Experiment = {
  id: 'interpolation-rate',
  section: '1.3.3',
  title: 'Flatness against generalisation, part 1: learning rate',
  question:
    'How does the loss run on the straight line through networks trained at a small and at a large learning rate?',
  protocols: [asCoded, asWritten, asIntended],
  claims,
  disagreements: rateDisagreements,
};
