import type { Claim, ClaimTest, Term } from '../../study/claim.js';
import { preset } from '../../study/estimate.js';
import type { Arm, Disagreement, Experiment, Preset, Protocol, Quantity } from '../../study/experiment.js';
import type { Figure } from '../../study/figure.js';
import type { Reading } from '../../study/reading.js';
import { accuracyAxis, crossEntropyAxis, epochAxis, last, seedsTo, term } from '../../study/vocabulary.js';

/** Section 1.3.1: a network of 397,510 parameters learns MNIST with labels that mean nothing. */

interface Size {
  readonly trainSize: number;
  readonly testSize: number;
  readonly batchSize: number;
  readonly epochs: number;
}

const fractions = [0, 0.25, 0.5, 0.75, 1] as const;
const armId = (fraction: number): string => `random${100 * fraction}`;
const labelOf = (fraction: number): string =>
  fraction === 0 ? 'true labels' : fraction === 1 ? 'random labels' : `${100 * fraction} % random labels`;

const armOf = (fraction: number, { trainSize, testSize, batchSize, epochs }: Size): Arm => ({
  id: armId(fraction),
  label: labelOf(fraction),
  numbers: { fraction },
  spec: {
    data: { kind: 'mnist', trainSize, testSize, ...(fraction > 0 && { randomLabels: { fraction, seed: 1 } }) },
    model: { kind: 'mlp', widths: [784, 500, 10], activation: 'relu' },
    loss: 'crossEntropy',
    optimizer: { kind: 'adam', learningRate: 1e-4 },
    batchSize,
    stop: { epochs },
    observe: { loss: 'epoch', lastBatchLoss: 'epoch', accuracy: 'epoch', train: 'end', test: 'epoch' },
  },
});

const sizes = {
  smoke: { trainSize: 200, testSize: 200, batchSize: 100, epochs: 3 },
  quick: { trainSize: 300, testSize: 500, batchSize: 20, epochs: 200 },
  full: { trainSize: 60_000, testSize: 10_000, batchSize: 100, epochs: 1000 },
  study: { trainSize: 5000, testSize: 10_000, batchSize: 100, epochs: 500 },
} as const;

const notes: Readonly<Record<keyof typeof sizes, Pick<Preset, 'note' | 'miniature'>>> = {
  smoke: { note: '200 images, 3 epochs: shows that it runs.', miniature: true },
  quick: {
    note: '300 images in batches of 20 for 200 epochs instead of 60,000 in batches of 100 for 1,000: few images are learnt by heart sooner.',
    miniature: true,
  },
  full: { note: 'Full size: 600,000 steps. The report has one run.', miniature: false },
  study: {
    note: '5,000 images and 500 epochs instead of 60,000 and 1,000, so that three seeds end in minutes; network, batch and learning rate as reported.',
    miniature: false,
  },
};

const presetOf = (size: keyof typeof sizes, which: readonly number[], seeds: readonly number[]): Preset =>
  preset({ seeds, arms: which.map((fraction) => armOf(fraction, sizes[size])), ...notes[size] });

interface Bugs {
  readonly quoteLastBatch: boolean;
}

const lossFigure = ({ quoteLastBatch }: Bugs): Figure => ({
  kind: 'metric',
  id: 'loss',
  title: 'Training and test loss',
  caption: `Training loss ${quoteLastBatch ? "of each epoch's last minibatch of 100, as the report draws it," : 'as the mean of each epoch'} falls while test loss, on true labels, rises. See how far above 2.30 (ln 10, a guess) the test loss climbs: the network grows sure of what is wrong.`,
  series: [
    quoteLastBatch
      ? { metric: 'lastBatchLoss', label: 'training, last minibatch' }
      : { metric: 'loss', label: 'training' },
    { metric: 'testLoss', label: 'test' },
  ],
  x: epochAxis,
  y: { label: 'loss (cross-entropy, nats)', scale: 'log' },
});

const accuracyFigure = (title: string): Figure => ({
  kind: 'metric',
  id: 'train-accuracy',
  title,
  caption:
    'Running training accuracy on the labels that were given. The report computes it and never shows it: only here does one see whether the labels are learnt by heart.',
  series: [{ metric: 'accuracy' }],
  x: epochAxis,
  y: accuracyAxis('training'),
});

const reportedTestLoss: readonly (readonly [epoch: number, loss: number])[] = [
  [1, 2.3088],
  [10, 2.326],
  [50, 2.4402],
  [100, 2.6858],
  [200, 3.2118],
  [300, 3.8483],
  [500, 5.491],
  [750, 8.0856],
  [1000, 10.698],
];

const random = armId(1);
const log = "the log of the report's notebook";

const quantities = ({ quoteLastBatch }: Bugs): readonly Quantity[] => [
  {
    id: 'train-loss',
    label: quoteLastBatch ? 'Training loss of the last minibatch' : 'Mean training loss of the last epoch',
    reading: last(quoteLastBatch ? 'lastBatchLoss' : 'loss'),
    decimals: 4,
    headline: true,
    reported: { [random]: { value: 0.0588, note: 'one minibatch, step 501 of 600' } },
    source: "the report's text",
  },
  {
    id: 'test-accuracy',
    label: 'Test accuracy, %',
    reading: last('testAccuracy'),
    percent: true,
    decimals: 2,
    headline: true,
    reported: { [random]: { value: 9.92 } },
    source: "the report's notebook",
  },
  {
    id: 'train-accuracy',
    label: 'Training accuracy at the end, whole set, %',
    reading: last('trainAccuracy'),
    percent: true,
    decimals: 2,
    reported: {},
    source: 'none: computed by the code, never reported',
  },
  ...reportedTestLoss.map(
    ([epoch, loss]): Quantity => ({
      id: `test-loss-${epoch}`,
      label: `Test loss at epoch ${epoch}`,
      reading: { kind: 'at', metric: 'testLoss', epoch },
      decimals: 4,
      headline: epoch === 1000,
      reported: { [random]: { value: loss } },
      source: log,
    }),
  ),
];

const asCoded = (bugs: Bugs): Protocol => ({
  id: 'as-coded',
  note: '784-500-10, batches of 100, Adam at 0.0001 without weight decay, 1,000 epochs on labels drawn evenly from 0 to 9; test labels are true. The labels of the report were drawn without a seed and are lost: these are others.',
  presets: {
    smoke: presetOf('smoke', [1], [1]),
    quick: presetOf('quick', [1], seedsTo(3)),
    report: presetOf('full', [1], [1]),
    study: presetOf('study', [1], seedsTo(3)),
  },
  figures: [lossFigure(bugs), accuracyFigure('Training accuracy, running')],
  quantities: quantities(bugs),
  bugs: {
    quoteLastBatch: {
      about: 'The training loss that is drawn and quoted is that of one minibatch',
      disagreement: 'D28',
      standard: true,
    },
  },
  withBugs: (changed) => asCoded({ ...bugs, ...changed }),
});

const epochsToFit: Reading = { kind: 'epochsTo', metric: 'accuracy', above: 0.95 };
const endQuantities: readonly Quantity[] = [
  {
    id: 'epochs-to-fit',
    label: 'Epochs to 95 % training accuracy',
    reading: epochsToFit,
    decimals: 0,
    headline: true,
    reported: {},
    source: 'none',
  },
  ...quantities({ quoteLastBatch: false })
    .filter(({ id }) => !id.startsWith('test-loss'))
    .map((one) => ({ ...one, reported: {} })),
  {
    id: 'test-loss',
    label: 'Test loss at the end',
    reading: last('testLoss'),
    decimals: 3,
    reported: {},
    source: 'none',
  },
];

const byFraction = (id: string, title: string, caption: string, reading: Reading, y: Figure['y']): Figure => ({
  kind: 'by-arm',
  id,
  title,
  caption,
  at: 'fraction',
  series: [{ arms: fractions.map(armId), reading }],
  x: { label: 'labels that are random (share)' },
  y,
});

const asIntended: Protocol = {
  id: 'as-intended',
  note: 'The same network on labels of which 0, 25, 50, 75 and 100 % are random, few enough images that all can be learnt: the run with true labels, which the report lacks, is what random labels are to be held against (Zhang et al. 2017).',
  presets: {
    smoke: presetOf('smoke', [0, 1], [1]),
    quick: presetOf('quick', [0, 0.5, 1], seedsTo(3)),
    study: presetOf('study', fractions, seedsTo(3)),
  },
  figures: [
    accuracyFigure('Training accuracy by share of random labels'),
    byFraction(
      'epochs-to-fit',
      'Epochs to 95 % training accuracy',
      'How much longer it takes to learn by heart than to learn, at the same number of images. Where 95 % was not reached, the number of epochs trained is drawn.',
      epochsToFit,
      { label: 'epochs to 95 % (passes over the training data)' },
    ),
    byFraction(
      'test-accuracy',
      'Test accuracy by share of random labels',
      'Images never seen, with true labels. With random labels alone 10 % is a guess.',
      last('testAccuracy'),
      accuracyAxis('test'),
    ),
    {
      kind: 'metric',
      id: 'test-loss',
      title: 'Test loss by share of random labels',
      caption:
        'Loss on true labels while training goes on. See whether it rises with true labels as well, once these are fitted.',
      series: [{ metric: 'testLoss' }],
      x: epochAxis,
      y: crossEntropyAxis('test'),
    },
  ],
  quantities: endQuantities,
};

const fits: readonly ClaimTest[] = [
  {
    kind: 'value',
    label: 'final training accuracy',
    of: [term(random, last('trainAccuracy'))],
    direction: 'above',
    margin: 0.99,
    noEffect: 0.99,
  },
];
const hurts: readonly ClaimTest[] = [
  {
    kind: 'ratio',
    label: 'test loss, final / smallest',
    of: term(random, last('testLoss')),
    to: term(random, { kind: 'min', metric: 'testLoss' }),
    direction: 'above',
    margin: 2,
    noEffect: 1,
  },
  {
    kind: 'chance',
    label: 'test accuracy against 10 %',
    of: term(random, last('testAccuracy')),
    trials: term(random, { kind: 'testImages' }),
    share: 0.1,
  },
];
const slow: Term = term(random, epochsToFit);

const claims: readonly Claim[] = [
  {
    id: 'random-labels-fit',
    statement: 'The network can fit random labels.',
    metric: 'final training accuracy, which the report never gives',
    margin: 'above 99 %',
    least: { count: 3, unit: 'seeds' },
    tests: { 'as-coded': fits, 'as-intended': fits },
  },
  {
    id: 'random-labels-hurt-test',
    statement: 'Test loss rises as training loss falls.',
    metric: 'final test loss / its smallest; test accuracy against 10 % (exact binomial interval)',
    margin: 'ratio above 2, and the interval holds 10 %',
    least: { count: 3, unit: 'seeds' },
    tests: { 'as-coded': hurts, 'as-intended': hurts },
  },
  {
    id: 'random-labels-slow',
    statement: 'Learning random labels is prolonged.',
    metric: 'epochs to 95 % training accuracy, random / true labels',
    margin: 'above 2',
    least: { count: 3, unit: 'seeds' },
    tests: {
      'as-intended': [
        {
          kind: 'ratio',
          label: 'epochs to 95 %, random / true labels',
          of: slow,
          to: term(armId(0), epochsToFit),
          direction: 'above',
          margin: 2,
          noEffect: 1,
        },
      ],
    },
  },
];

const disagreements: readonly Disagreement[] = [
  {
    id: 'D28',
    about: 'Training loss 0.0588',
    quantities: ['train-loss', 'train-accuracy'],
    written: '"at the end of 1000 epoch ... train loss value of 0.0588"',
    coded:
      'the loss of one minibatch of 100 (step 501 of 600), neighbours between 0.03 and 0.11; the figure draws the last minibatch of each epoch',
    consequence:
      'Training accuracy is computed and not reported: that the labels are learnt by heart is not shown. Switch: quoteLastBatch.',
  },
  {
    id: 'D29',
    about: 'Random labels',
    written: 'labels are randomised',
    coded: 'drawn without a seed',
    consequence: 'The run cannot be repeated; here the labels have a seed.',
  },
  {
    id: 'D30',
    about: 'Settings',
    written: 'no batch size; epochs in the observation alone',
    coded: 'batches of 100; a first attempt with a CNN stalled after 998 epochs and was dropped',
  },
  {
    id: 'D31',
    about: 'Test loss of 10.7',
    quantities: ['test-accuracy'],
    written: 'the model performs poorly against test data',
    coded: 'test accuracy 9.92 %: a guess',
    consequence:
      'No other outcome is possible with random labels. What tells something is the run with true labels, which is missing: see as intended.',
  },
];

/** 1.3.1: can a network learn by heart? */
export const randomLabels: Experiment = {
  id: 'random-labels',
  section: '1.3.1',
  title: 'Can a network fit random labels?',
  question:
    'Does the network learn labels that mean nothing, at what price in time, and what does it then make of images it has not seen?',
  protocols: [asCoded({ quoteLastBatch: true }), asIntended],
  claims,
  disagreements,
};
