import type { Quantity } from '../../study/experiment.js';
import { at, epochs, last, parameters, quantity, setting, share, sources } from '../../study/vocabulary/index.js';
import { arm, edgeOfStability } from './arms.js';
import { edge, epochsNear, lateAfter, spikes, spikesNear, tallAbove, tallSpikes } from './spikes.js';

const logged: readonly (readonly [epoch: number, loss: number, gradNorm: number])[] = [
  [100, 0.0518, 0.0428],
  [200, 0.031, 0.0316],
  [300, 0.0158, 0.0209],
  [400, 0.0092, 0.0122],
  [500, 0.0066, 0.0079],
  [600, 0.0053, 0.0057],
  [700, 0.0045, 0.0048],
  [800, 0.0038, 0.0042],
  [900, 0.0032, 0.0039],
  [1000, 0.0027, 0.0142],
  [1100, 0.0023, 0.0294],
  [1200, 0.002, 0.0113],
  [1300, 0.0017, 0.0103],
  [1400, 0.0015, 0.0229],
  [1500, 0.0014, 0.0028],
  [1600, 0.0012, 0.0058],
  [1700, 0.0011, 0.0158],
  [1800, 0.001, 0.0057029],
];

const epochsToConvergence: Quantity = quantity({
  id: 'epochs',
  label: 'Epochs to convergence',
  reading: epochs,
  decimals: 0,
  headline: true,
  reported: { [arm]: { value: 1865, note: 'read off the figure; the text says 1,800' } },
  source: "the original's figure",
});

const finalLoss: Quantity = quantity({
  id: 'final-loss',
  label: 'Final loss',
  reading: last('loss'),
  decimals: 7,
  reported: { [arm]: { value: 0.0009995186 } },
  source: sources.text,
});

const loggedQuantities = logged.flatMap(([epoch, loss, gradNorm]): Quantity[] => [
  quantity({
    id: `loss-${epoch}`,
    label: `Loss at epoch ${epoch}`,
    reading: at('loss', epoch),
    decimals: 4,
    reported: { [arm]: { value: loss } },
    source: sources.log,
  }),
  quantity({
    id: `gradient-norm-${epoch}`,
    label: `Gradient norm at epoch ${epoch}`,
    reading: at('gradNorm', epoch),
    decimals: 4,
    headline: epoch === 100,
    reported: {
      [arm]: {
        value: gradNorm,
        ...(epoch > 900 && { note: 'in or near a spike, whose place is rounding noise: see the twins' }),
      },
    },
    source: sources.log,
  }),
]);

const peak: Quantity = quantity({
  id: 'peak-norm',
  label: 'Largest gradient norm',
  reading: { kind: 'max', metric: 'gradNorm' },
  decimals: 2,
  reported: { [arm]: { value: 2.55, note: 'at the start' } },
  source: sources.figure,
});

const spikeCount: Quantity = quantity({
  id: 'spikes',
  label: `Spikes of the gradient norm after epoch ${lateAfter}`,
  reading: spikes,
  decimals: 0,
  reported: {
    [arm]: { value: 9, note: 'about, after epoch 930; the text has a rise, a dip, and says that the trend goes on' },
  },
  source: sources.figure,
});

/** How far the count depends on what counts: an eye on the figure has a threshold that nobody knows. */
const tallCount: Quantity = quantity({
  id: 'spikes-tall',
  label: `Those of them above ${tallAbove} times the running median`,
  reading: tallSpikes,
  decimals: 0,
  source: 'none: nobody says how tall a spike of the figure has to be',
});

/** Six decimals show that training cannot have ended at epoch 1800: its loss was not below the threshold. */
const lossNearEnd: Quantity = quantity({
  id: 'loss-before-end',
  label: 'Loss at epoch 1800, against the 0.001 of the rule',
  reading: at('loss', 1800),
  decimals: 6,
  source: 'none: the log has four decimals',
});

const settings: readonly Quantity[] = [
  quantity({
    id: 'parameters',
    label: 'Parameters',
    reading: parameters,
    decimals: 0,
    reported: { [arm]: { value: 1501 } },
    source: sources.text,
  }),
  quantity({
    id: 'learning-rate',
    label: 'Learning rate',
    reading: setting('optimizer.learningRate'),
    decimals: 4,
    reported: { [arm]: { value: 1e-3 } },
    source: sources.text,
  }),
  quantity({
    id: 'weight-decay',
    label: 'Weight decay',
    reading: setting('optimizer.weightDecay'),
    decimals: 4,
    reported: { [arm]: { value: 1e-4 } },
    source: sources.text,
  }),
];

/** The end of training, the peak and the spikes, the lines of the log, the settings. */
export const codedQuantities: readonly Quantity[] = [
  epochsToConvergence,
  finalLoss,
  peak,
  spikeCount,
  tallCount,
  lossNearEnd,
  ...loggedQuantities,
  ...settings,
];

/** The end of training, the spikes, and whether they come at the edge. */
export const intendedQuantities: readonly Quantity[] = [
  { ...epochsToConvergence, reported: {} },
  { ...finalLoss, reported: {} },
  { ...spikeCount, headline: true, reported: {}, source: 'none: the text counts none' },
  share({
    id: 'spikes-near-edge',
    label: `Share of spikes within ${edge.within} epochs of a crossing of ${edgeOfStability.text}`,
    reading: spikesNear,
    decimals: 0,
  }),
  share({
    id: 'epochs-near-edge',
    label: `Share of all epochs after ${lateAfter} that are as near`,
    reading: epochsNear,
    decimals: 0,
    source: 'none: what chance would give',
  }),
  quantity({
    id: 'lambda-max',
    label: 'Largest eigenvalue of the Hessian at the end',
    reading: last('lambdaMax'),
    decimals: 2,
  }),
];
