import type { Experiment, Protocol, Quantity } from '../../../study/experiment.js';
import { standardOf, switchable } from '../../../study/vocabulary/index.js';
import { codedAlphas } from '../arms.js';
import { rateDisagreements } from '../disagreements.js';
import { bothLinesFigures, endsFigure, lineFigure } from '../figures.js';
import { flatnessQuantities } from '../flatness.js';
import { barrier, endQuantities, lineQuantities, type ReportedLine } from '../quantities.js';
import { codedBugs, endEpochs, high, intendedPresets, linePresets, low, own } from './arms.js';
import { claims } from './claims.js';

const reported: ReportedLine = [
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
];

const endsCaption =
  'Mean loss of each epoch, in batches of 64. See the noise of the larger learning rate, and what the smaller one ' +
  'reaches.';

const quantitiesOf = (retrained: boolean): readonly Quantity[] => [
  ...lineQuantities(retrained, reported),
  ...endQuantities([low, high]),
];

const asCoded = switchable(codedBugs, (on) => ({
  id: 'as-coded',
  note:
    'As the notebook was saved: ends in batches of 64 without weight decay; the one at 0.001 had 15 epochs from an ' +
    `earlier cell and did not move again, the one at 0.01 had 5; then ${codedAlphas.length} networks on the line, ` +
    'each ' +
    'trained for one epoch at 0.001 in batches of 1000. The figure of the original is of an older version, with 15 ' +
    'epochs for both and batches of 100: see as written.',
  presets: linePresets(
    { smoke: 1, quick: 3, report: 1, study: 5 },
    {
      epochs: on.staleOptimizer ? [15, 5] : [15, 15],
      weightDecay: 0,
      retraining: { learningRate: 1e-3, weightDecay: 0, batchSize: 1000, epochs: 1 },
    },
    on.retrainAfterInterpolation,
  ),
  figures: [endsFigure([low, high], endsCaption), lineFigure(on)],
  quantities: quantitiesOf(on.retrainAfterInterpolation),
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
