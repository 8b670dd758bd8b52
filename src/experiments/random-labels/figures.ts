import type { Figure } from '../../study/figure.js';
import type { Reading } from '../../study/reading.js';
import {
  accuracyAxis,
  accuracyCurves,
  alongEpochs,
  byArm,
  crossEntropyAxis,
  last,
} from '../../study/vocabulary/index.js';
import { armId, fractions, random, toZeroIds } from './arms.js';
import { epochsToFit, fit } from './quantities.js';

const training = {
  lastBatch: "of each epoch's last minibatch of 100, as the original draws it,",
  mean: 'as the mean of each epoch',
} as const;

const lossFigure = (quoteLastBatch: boolean): Figure =>
  alongEpochs({
    id: 'loss',
    title: 'Training and test loss',
    caption:
      `Training loss ${quoteLastBatch ? training.lastBatch : training.mean} ` +
      'falls while test loss, on true labels, rises. See how far above 2.30 (ln 10, a guess) the test loss climbs: ' +
      'the network grows sure of what is wrong.',
    arms: [random],
    series: [
      quoteLastBatch
        ? { metric: 'lastBatchLoss', label: 'training, last minibatch' }
        : { metric: 'loss', label: 'training' },
      { metric: 'testLoss', label: 'test' },
    ],
    y: { label: 'loss (cross-entropy, nats)', scale: 'log' },
  });

const accuracyFigure = (title: string, arms?: readonly string[]): Figure =>
  accuracyCurves({
    title,
    ...(arms && { arms }),
    caption:
      'Running training accuracy on the labels that were given. The original computes it and never shows it: only ' +
      'here does one see whether the labels are learnt by heart.',
  });

/** Loss as the code draws it or as the mean, and accuracy. */
export const codedFigures = (quoteLastBatch: boolean): readonly Figure[] => [
  lossFigure(quoteLastBatch),
  accuracyFigure('Training accuracy, running', [random, armId(0)]),
  alongEpochs({
    id: 'test-loss-by-labels',
    title: 'Test loss with random and with true labels',
    caption:
      'The same network, images and epochs; only the labels differ. The run with true labels, against which random ' +
      'ones have to be held, is not in the original (D31). See that its test loss rises too, once all is fitted.',
    arms: [armId(0)],
    series: [
      { metric: 'testLoss', label: 'test, true labels' },
      { metric: 'loss', label: 'training, true labels' },
    ],
    y: { label: 'loss (cross-entropy, nats)', scale: 'log' },
  }),
];

const byFraction = (words: Pick<Figure, 'id' | 'title' | 'caption'>, reading: Reading, y: Figure['y']): Figure =>
  byArm({
    ...words,
    at: 'fraction',
    series: [{ arms: fractions.map(armId), reading }],
    x: { label: 'labels that are random (share)' },
    y,
  });

/** What the share of random labels does. */
export const intendedFigures: readonly Figure[] = [
  accuracyFigure('Training accuracy by share of random labels', fractions.map(armId)),
  byFraction(
    {
      id: 'epochs-to-fit',
      title: `Epochs to ${fit.text} training accuracy`,
      caption:
        'How much longer it takes to learn by heart than to learn, at the same number of images. Where ' +
        `${fit.text} was not reached, the number of epochs trained is drawn.`,
    },
    epochsToFit,
    { label: `epochs to ${fit.text} (passes over the training data)` },
  ),
  byFraction(
    {
      id: 'test-accuracy',
      title: 'Test accuracy by share of random labels',
      caption: 'Images never seen, with true labels. With random labels alone 10 % is a guess.',
    },
    last('testAccuracy'),
    accuracyAxis('test'),
  ),
  alongEpochs({
    id: 'test-loss',
    title: 'Test loss by share of random labels',
    caption:
      'Loss on true labels while training goes on. See whether it rises with true labels as well, once these are ' +
      'fitted.',
    arms: fractions.map(armId),
    series: [{ metric: 'testLoss' }],
    y: crossEntropyAxis('test'),
  }),
  alongEpochs({
    id: 'to-zero',
    title: 'Training loss on the way to zero training error',
    caption:
      'As figure 1a of Zhang et al. 2017: true labels, the same with pixels in one order for all images, in an order ' +
      'for each, and with normal numbers for pixels, and random labels. Each line ends where every training label is ' +
      'right. See by what factor that takes longer, and that it always ends.',
    arms: toZeroIds,
    series: [{ metric: 'loss' }],
    y: crossEntropyAxis('training'),
  }),
];
