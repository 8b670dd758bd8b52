import type { Quantity } from '../../study/experiment.js';
import type { Reading } from '../../study/reading.js';
import { at, epochs, last, percent, quantity, share, sources, testAccuracy } from '../../study/vocabulary/index.js';
import { drawIds, lastEpoch, quotedStep, random, toZeroIds } from './arms.js';

/** Training accuracy at which labels count as learnt. */
export const fit = { above: 0.95, text: `${percent(0.95)} %` } as const;

/** Epochs until they are. */
export const epochsToFit: Reading = { kind: 'epochsTo', metric: 'accuracy', above: fit.above };

const trainLoss = (quoteLastBatch: boolean): Quantity =>
  quantity({
    id: 'train-loss',
    label: quoteLastBatch ? 'Training loss of the last minibatch' : 'Mean training loss of the last epoch',
    reading: last(quoteLastBatch ? 'lastBatchLoss' : 'loss'),
    decimals: 4,
    headline: true,
    reported: { [random]: { value: 0.0588, note: 'one minibatch, step 501 of 600' } },
    source: sources.text,
  });

const endAccuracies: readonly Quantity[] = [
  testAccuracy({ reported: { [random]: { value: 9.92 } }, source: sources.notebook }),
  share({
    id: 'train-accuracy',
    label: 'Training accuracy at the end, whole set',
    reading: last('trainAccuracy'),
    decimals: 2,
    source: 'none: computed by the code, never reported',
  }),
];

/** The log of the original's notebook, by epoch. */
const reportedLosses: readonly (readonly [epoch: number, test: number, step: number])[] = [
  [1, 2.3088, 2.3092],
  [10, 2.326, 2.2795],
  [50, 2.4402, 2.0318],
  [100, 2.6858, 1.6169],
  [200, 3.2118, 1.1553],
  [300, 3.8483, 0.857],
  [500, 5.491, 0.3166],
  [750, 8.0856, 0.1469],
  [lastEpoch, 10.698, 0.0588],
];

/** One value beside several draws of the labels: which of them the original had, nobody knows. */
const beside = (arms: readonly string[], value: number): Quantity['reported'] =>
  Object.fromEntries(arms.map((id) => [id, { value }]));

const testLossAt = (epoch: number, loss: number): Quantity =>
  quantity({
    id: `test-loss-${epoch}`,
    label: `Test loss at epoch ${epoch}`,
    reading: at('testLoss', epoch),
    decimals: 4,
    headline: epoch === lastEpoch,
    reported: beside([random, ...drawIds], loss),
    source: sources.log,
  });

const stepLossAt = (epoch: number, loss: number): Quantity =>
  quantity({
    id: `step-loss-${epoch}`,
    label: `Training loss of step ${quotedStep} at epoch ${epoch}`,
    reading: at('stepLoss', epoch),
    arms: drawIds,
    decimals: 4,
    reported: beside(drawIds, loss),
    source: sources.log,
  });

/** How far the loss of that one step scatters: what "0.0588" could have been a few epochs earlier. */
const neighbours = { from: lastEpoch - 19 } as const;
const scatter = (kind: 'min' | 'max', word: string, loss: number): Quantity =>
  quantity({
    id: `step-loss-${kind}`,
    label: `${word} training loss of step ${quotedStep} in the last 20 epochs`,
    reading: { kind, metric: 'stepLoss', ...neighbours },
    arms: drawIds,
    decimals: 2,
    reported: beside(drawIds, loss),
    source: sources.log,
  });

/** The end of training, and the log's losses. */
export const codedQuantities = (quoteLastBatch: boolean): readonly Quantity[] => [
  trainLoss(quoteLastBatch),
  ...endAccuracies,
  ...reportedLosses.map(([epoch, loss]) => testLossAt(epoch, loss)),
  ...reportedLosses.map(([epoch, , loss]) => stepLossAt(epoch, loss)),
  scatter('min', 'Smallest', 0.03),
  scatter('max', 'Largest', 0.11),
];

/** How long it takes to learn the labels, and the end of training. */
export const intendedQuantities: readonly Quantity[] = [
  quantity({
    id: 'epochs-to-fit',
    label: `Epochs to ${fit.text} training accuracy`,
    reading: epochsToFit,
    decimals: 0,
    headline: true,
  }),
  quantity({
    id: 'epochs-to-zero',
    label: 'Epochs to zero training error',
    reading: epochs,
    arms: toZeroIds,
    decimals: 0,
    headline: true,
  }),
  ...[trainLoss(false), ...endAccuracies].map((one) => ({ ...one, reported: {} })),
  quantity({ id: 'test-loss', label: 'Test loss at the end', reading: last('testLoss'), decimals: 3 }),
];
