import type { Experiment, Protocol, Quantity } from '../../../study/experiment.js';
import { reportedBy, sources, standardOf, switchable } from '../../../study/vocabulary/index.js';
import { alphaIds, codedAlphas } from '../arms.js';
import { batchDisagreements } from '../disagreements.js';
import { bothLinesFigures, endsFigure, lineFigure, longEndsFigure } from '../figures.js';
import { flatnessQuantities } from '../flatness.js';
import { barrier, curveQuantities, endQuantities, type LineTable, lineQuantities } from '../quantities.js';
import {
  codedBugs,
  endEpochs,
  fittedLoss,
  fittedNoDecay,
  intendedPresets,
  large,
  largeFitted,
  linePresets,
  longEnds,
  own,
  small,
  smallFitted,
} from './arms.js';
import { claims } from './claims.js';

const line: LineTable = {
  losses: [
    [-2, 0.1725],
    [-1.07, 0.0857],
    [-0.13, 0.0518],
    [0, 0.052],
    [0.13, 0.053],
    [0.53, 0.0696],
    [0.93, 0.0982],
    [1.07, 0.1041],
    [1.6, 0.1256],
    [2, 0.1746],
  ],
  accuracies: [[2, 94.77]],
};

/** What the original's figure shows of the ends' training. */
const curveOf = (ends: readonly string[]): readonly Quantity[] =>
  curveQuantities(
    ends,
    reportedBy(ends, [0.23, 0.57], sources.figure),
    reportedBy(ends, [0.023, 0.033], sources.figure),
  );

const endsCaption =
  'Mean loss of each epoch. At equal epochs batches of 64 take 938 updates an epoch and batches of 1000 take 60: see ' +
  'how far apart that leaves them.';

const quantitiesOf = (retrained: boolean): readonly Quantity[] => [
  ...lineQuantities({ ...line, ...(retrained && { ids: alphaIds }) }),
  ...endQuantities([small, large]),
];

const asCoded = switchable(codedBugs, (on) => ({
  id: 'as-coded',
  note:
    'As the notebook that drew the figure: both ends from the same initial values, 5 epochs at learning rate 0.0015 ' +
    `with weight decay 1e-4, in batches of 64 and of 1000; then ${codedAlphas.length} networks on the line, each ` +
    'trained for one epoch at 0.0004 in batches of 500 before it is measured.',
  presets: linePresets(
    { smoke: 1, quick: 3, report: 1, study: 5 },
    {
      epochs: 5,
      retraining: { learningRate: 4e-4, weightDecay: 1e-4, batchSize: 500, epochs: 1 },
      measuresFlatness: true,
      showsLongEnds: true,
    },
    on,
  ),
  figures: [endsFigure([small, large], endsCaption), longEndsFigure(longEnds), lineFigure(on)],
  quantities: [
    ...quantitiesOf(on.retrainAfterInterpolation),
    ...curveOf(longEnds),
    ...flatnessQuantities([small, large]),
  ],
}));

const standard = standardOf(codedBugs);

const asWritten: Protocol = {
  id: 'as-written',
  note:
    `As the text has it: ${endEpochs} epochs for both ends, and the ${codedAlphas.length} networks trained once in ` +
    "batches of 100. The text gives no learning rate for that; the ends' own 0.0015.",
  presets: linePresets(
    { smoke: 1, quick: 1, study: 5 },
    {
      epochs: endEpochs,
      retraining: { learningRate: 0.0015, weightDecay: 1e-4, batchSize: 100, epochs: 1 },
      measuresFlatness: false,
      showsLongEnds: false,
    },
    standard,
  ),
  figures: [endsFigure([small, large], endsCaption), lineFigure(standard)],
  quantities: [...quantitiesOf(true), ...curveOf([small, large])],
};

const intendedEnds = [small, large, smallFitted, largeFitted, ...fittedNoDecay];

const asIntended: Protocol = {
  id: 'as-intended',
  note:
    'Nothing is trained after interpolation, as Goodfellow et al. 2015 and Keskar et al. 2017 have it; ends of ' +
    `${endEpochs} epochs, with one start for both and with a start for each. Sharpness and largest curvature at both ` +
    `ends, at equal epochs and (a second pair) where the loss of the whole training set falls below ${fittedLoss}; ` +
    'that pair without weight decay as well.',
  presets: intendedPresets,
  figures: [
    endsFigure([small, large, own], endsCaption),
    ...bothLinesFigures(
      ', nothing trained after. See the valley between 0 and 1 and the steep walls beyond it, on both sides.',
      'See the barrier between 0 and 1: a shared start hides it.',
    ),
  ],
  quantities: [barrier, ...endQuantities([...intendedEnds, own]), ...flatnessQuantities(intendedEnds)],
};

/** 1.3.3, first half: what lies between a small-batch and a large-batch network? */
export const interpolationBatch: Experiment = {
  id: 'interpolation-batch',
  section: '1.3.3',
  title: 'Flatness against generalisation, part 1: batch size',
  question:
    'How does the loss run on the straight line through a network trained in small batches and one trained in large ' +
    'ones?',
  protocols: [asCoded, asWritten, asIntended],
  claims,
  disagreements: batchDisagreements,
};
