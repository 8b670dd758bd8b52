import type { Quantity } from '../../study/experiment.js';
import { at, epochs, last, quantity, share, sources } from '../../study/vocabulary/index.js';
import { arm, edgeOfStability } from './arms.js';
import { edge, epochsNear, lateAfter, spikes, spikesNear } from './spikes.js';

const logged: readonly (readonly [epoch: number, loss: number, gradNorm: number])[] = [
  [100, 0.0518, 0.0428],
  [200, 0.031, 0.0316],
  [300, 0.0158, 0.0209],
  [400, 0.0092, 0.0122],
  [900, 0.0032, 0.0039],
  [1000, 0.0027, 0.0142],
  [1100, 0.0023, 0.0294],
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
      [arm]: { value: gradNorm, ...(epoch > 900 && { note: 'in or near a spike, whose place is rounding noise' }) },
    },
    source: sources.log,
  }),
]);

/** The end of training, and the lines of the log. */
export const codedQuantities: readonly Quantity[] = [epochsToConvergence, finalLoss, ...loggedQuantities];

/** The end of training, the spikes, and whether they come at the edge. */
export const intendedQuantities: readonly Quantity[] = [
  { ...epochsToConvergence, reported: {} },
  { ...finalLoss, reported: {} },
  quantity({
    id: 'spikes',
    label: `Spikes of the gradient norm after epoch ${lateAfter}`,
    reading: spikes,
    decimals: 0,
    headline: true,
    source: 'none: the text mentions one rise',
  }),
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
