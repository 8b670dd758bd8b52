import type { Quantity } from '../../study/experiment.js';
import type { Reading } from '../../study/reading.js';
import { at, last, percent, quantity, share, sources, testAccuracy } from '../../study/vocabulary/index.js';
import { lastEpoch, random } from './arms.js';

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

const reportedTestLoss: readonly (readonly [epoch: number, loss: number])[] = [
  [1, 2.3088],
  [10, 2.326],
  [50, 2.4402],
  [100, 2.6858],
  [200, 3.2118],
  [300, 3.8483],
  [500, 5.491],
  [750, 8.0856],
  [lastEpoch, 10.698],
];

/** The end of training, and the log's test losses. */
export const codedQuantities = (quoteLastBatch: boolean): readonly Quantity[] => [
  trainLoss(quoteLastBatch),
  ...endAccuracies,
  ...reportedTestLoss.map(([epoch, loss]) =>
    quantity({
      id: `test-loss-${epoch}`,
      label: `Test loss at epoch ${epoch}`,
      reading: at('testLoss', epoch),
      decimals: 4,
      headline: epoch === lastEpoch,
      reported: { [random]: { value: loss } },
      source: sources.log,
    }),
  ),
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
  ...[trainLoss(false), ...endAccuracies].map((one) => ({ ...one, reported: {} })),
  quantity({ id: 'test-loss', label: 'Test loss at the end', reading: last('testLoss'), decimals: 3 }),
];
