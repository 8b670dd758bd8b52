import { networkOf } from '../../engine/model-spec.js';
import type { LayerSpec } from '../../engine/network-spec.js';
import { parameterCount as countParameters } from '../../engine/shapes.js';
import type { Claim, ClaimTest, Term } from '../../study/claim.js';
import { preset } from '../../study/estimate.js';
import type { Arm, Experiment, Preset, Protocol, Quantity } from '../../study/experiment.js';
import type { Figure } from '../../study/figure.js';
import type { Reading } from '../../study/reading.js';
import { accuracyAxis, crossEntropyAxis, last, rankOver, reportedBy, seedsTo, term } from '../../study/vocabulary.js';
import type { ModelSpec } from '../../tasks/trial-spec.js';
import { parameterCountDisagreements } from './disagreements.js';

/** Section 1.3.2: ten networks of 39,760 to 1,590,010 parameters on MNIST. */

const widths = [50, 100, 250, 500, 550, 750, 1000, 1050, 1500, 2000] as const;
const armId = (hidden: number): string => `h${hidden}`;
const ids = widths.map(armId);
const modelOf = (hidden: number): ModelSpec => ({ kind: 'mlp', widths: [784, hidden, 10], activation: 'relu' });
const sizeOf = (model: ModelSpec): number => countParameters(networkOf(model));

interface Size {
  readonly trainSize: number;
  readonly testSize: number;
  readonly batchSize: number;
  readonly epochs: number;
}

const observe = { loss: 'epoch', accuracy: 'epoch', train: 'end', test: 'end' } as const;

const armOf = (
  id: string,
  model: ModelSpec,
  { trainSize, testSize, batchSize, epochs }: Size,
  learningRate = 1e-3,
): Arm => ({
  id,
  label: `${sizeOf(model).toLocaleString('en-US')} parameters`,
  numbers: { parameters: sizeOf(model) },
  group: 'sizes',
  spec: {
    data: { kind: 'mnist', trainSize, testSize },
    model,
    loss: 'crossEntropy',
    optimizer: { kind: 'adam', learningRate },
    batchSize,
    stop: { epochs },
    observe,
  },
});

const sizes = {
  smoke: { trainSize: 200, testSize: 200, batchSize: 100, epochs: 1 },
  quick: { trainSize: 2000, testSize: 2000, batchSize: 100, epochs: 10 },
  full: { trainSize: 60_000, testSize: 10_000, batchSize: 600, epochs: 10 },
} as const;

const notes: Readonly<Record<keyof typeof sizes, Pick<Preset, 'note' | 'miniature'>>> = {
  smoke: { note: '200 images, 1 epoch: shows that it runs.', miniature: true },
  quick: {
    note: '2,000 images in batches of 100 (as written 500 in batches of 25) instead of 60,000 in batches of 600; 10 epochs.',
    miniature: true,
  },
  full: {
    note: 'Full size: 60,000 images in batches of 600, 10 epochs.',
    miniature: false,
  },
};

const codedPreset = (size: keyof typeof sizes, seeds: readonly number[]): Preset =>
  preset({ seeds, arms: widths.map((hidden) => armOf(armId(hidden), modelOf(hidden), sizes[size])), ...notes[size] });

const parametersAxis = { label: 'parameters (count)', scale: 'log' } as const;

interface Bugs {
  /** Training loss and accuracy are the best running means of an epoch, instead of taken at the end. */
  readonly runningTraining: boolean;
}

const trainLoss = ({ runningTraining }: Bugs): Reading =>
  runningTraining ? { kind: 'min', metric: 'loss' } : last('trainLoss');
const trainAccuracy = ({ runningTraining }: Bugs): Reading =>
  runningTraining ? { kind: 'max', metric: 'accuracy' } : last('trainAccuracy');

const sizeFigures = (
  arms: readonly string[],
  bugs: Bugs,
  at = 'parameters',
  x: Figure['x'] = parametersAxis,
): readonly Figure[] => [
  {
    kind: 'by-arm',
    id: 'loss',
    title: 'Loss by size',
    caption: `Training loss (${bugs.runningTraining ? 'best running mean of an epoch, as coded' : 'whole set, at the end'}) and test loss of each network. See whether test loss turns upward with size: only that would be overfitting.`,
    at,
    series: [
      { label: 'training', dashed: true, arms, reading: trainLoss(bugs) },
      { label: 'test', arms, reading: last('testLoss') },
    ],
    x,
    y: crossEntropyAxis('mean', 'linear'),
  },
  {
    kind: 'by-arm',
    id: 'accuracy',
    title: 'Accuracy by size',
    caption:
      'Training and test accuracy of each network. See how the gap between the two grows, and whether test accuracy ever falls.',
    at,
    series: [
      { label: 'training', dashed: true, arms, reading: trainAccuracy(bugs) },
      { label: 'test', arms, reading: last('testAccuracy') },
    ],
    x,
    y: accuracyAxis('mean'),
  },
];

const reported = {
  trainAccuracy: [95.585, 96.748, 98.023, 98.773, 98.838, 99.045, 99.293, 99.358, 99.523, 99.658],
  testAccuracy: [95.23, 96.44, 97.25, 97.62, 97.72, 97.98, 97.97, 97.82, 98.13, 98.16],
  testLoss: [0.1608, 0.124, 0.0886, 0.0744, 0.0708, 0.0663, 0.063, 0.065, 0.06, 0.0583],
  trainLoss: [0.155, 0.115, 0.073, 0.046, 0.043, 0.036, 0.028, 0.028, 0.021, 0.016],
} as const;
const notebook = "the report's notebook";

const quantities = (bugs: Bugs, arms: readonly string[], isReported: boolean): readonly Quantity[] => {
  const by = (values: readonly number[]) => (isReported ? reportedBy(arms, values) : {});
  return [
    {
      id: 'test-accuracy',
      label: 'Test accuracy, %',
      reading: last('testAccuracy'),
      arms,
      percent: true,
      decimals: 2,
      headline: true,
      reported: by(reported.testAccuracy),
      source: notebook,
    },
    {
      id: 'test-loss',
      label: 'Test loss',
      reading: last('testLoss'),
      arms,
      decimals: 4,
      reported: by(reported.testLoss),
      source: notebook,
    },
    {
      id: 'train-accuracy',
      label: bugs.runningTraining ? 'Training accuracy (best running), %' : 'Training accuracy at the end, %',
      reading: trainAccuracy(bugs),
      arms,
      percent: true,
      decimals: 3,
      reported: by(reported.trainAccuracy),
      source: notebook,
    },
    {
      id: 'train-loss',
      label: bugs.runningTraining ? 'Training loss (best running mean)' : 'Training loss at the end',
      reading: trainLoss(bugs),
      arms,
      decimals: 3,
      reported: by(reported.trainLoss),
      source: "read off the report's figure",
    },
  ];
};

const asCoded = (bugs: Bugs): Protocol => ({
  id: 'as-coded',
  note: 'Ten networks 784-h-10, batches of 600, Adam at 0.001 without weight decay, 10 epochs, the seed set anew before each. Training loss and accuracy are the best running means of an epoch, test loss and accuracy those after the last epoch.',
  presets: {
    smoke: codedPreset('smoke', [1]),
    quick: codedPreset('quick', seedsTo(3)),
    report: codedPreset('full', [1]),
    study: codedPreset('full', seedsTo(5)),
  },
  figures: sizeFigures(ids, bugs),
  quantities: quantities(bugs, ids, true),
  bugs: {
    runningTraining: {
      about: 'Training loss and accuracy are running means within an epoch, the best of all epochs',
      standard: true,
    },
  },
  withBugs: (changed) => asCoded({ ...bugs, ...changed }),
});

const relu: LayerSpec = { kind: 'relu' };
/** Two convolutions with kernel 4 as in 1.1.2, and two dense layers of `dense` and 100 units with dropout. */
const cnnOf = (dense: number): ModelSpec => ({
  kind: 'layers',
  input: [1, 28, 28],
  layers: [
    { kind: 'conv2d', channels: 10, kernel: 4 },
    relu,
    { kind: 'maxPool2d', size: 2 },
    { kind: 'conv2d', channels: 20, kernel: 4 },
    relu,
    { kind: 'maxPool2d', size: 2 },
    { kind: 'flatten' },
    { kind: 'linear', features: dense },
    relu,
    { kind: 'dropout', rate: 0.25 },
    { kind: 'linear', features: 100 },
    relu,
    { kind: 'linear', features: 10 },
  ],
});
/** Parameters of that network but those that grow with `dense`: 4,500; each unit adds 421. */
const denseFor = (parameters: number): number => Math.round((parameters - 4500) / 421);

function writtenPreset(size: keyof typeof sizes, seeds: readonly number[]): Preset {
  const images = size === 'quick' ? { trainSize: 500, testSize: 1000, batchSize: 25, epochs: 10 } : sizes[size];
  const arms = widths.map((hidden) => armOf(armId(hidden), cnnOf(denseFor(sizeOf(modelOf(hidden)))), images, 1e-4));
  return preset({ seeds, arms, ...notes[size] });
}

const atEnd: Bugs = { runningTraining: false };

const asWritten: Protocol = {
  id: 'as-written',
  note: "Ten CNNs as the text describes them: two convolutions with kernel 4 and two dense layers, of which the first is as wide as comes nearest to the text's numbers of parameters; dropout 0.25 after it, learning rate 0.0001. Channels, batch and epochs, which the text leaves out, are those of 1.1.2 and of the code.",
  presets: {
    smoke: writtenPreset('smoke', [1]),
    quick: writtenPreset('quick', [1]),
    study: writtenPreset('full', seedsTo(5)),
  },
  figures: sizeFigures(ids, atEnd),
  quantities: quantities(atEnd, ids, true),
};

const smallWidths = [1, 2, 4, 8, 16, 32, 64, 128, 256] as const;
const noisyId = (hidden: number): string => `noisy${hidden}`;
const longId = (hidden: number): string => `long${hidden}`;

const intendedSizes = {
  smoke: { long: { ...sizes.smoke, epochs: 2 }, noisy: { ...sizes.smoke, epochs: 2 } },
  quick: {
    long: { trainSize: 1000, testSize: 2000, batchSize: 50, epochs: 20 },
    noisy: { trainSize: 500, testSize: 2000, batchSize: 50, epochs: 200 },
  },
  study: {
    long: { trainSize: 10_000, testSize: 10_000, batchSize: 100, epochs: 40 },
    noisy: { trainSize: 1000, testSize: 10_000, batchSize: 50, epochs: 1000 },
  },
} as const;

function intendedPreset(size: keyof typeof intendedSizes, seeds: readonly number[], note: string): Preset {
  const { long, noisy } = intendedSizes[size];
  const arms = [
    ...widths.map((hidden) => armOf(longId(hidden), modelOf(hidden), long)),
    ...smallWidths.map((hidden): Arm => {
      const { spec, ...arm } = armOf(noisyId(hidden), modelOf(hidden), noisy);
      const data = { ...spec.data, randomLabels: { fraction: 0.15, seed: 1 } };
      return { ...arm, numbers: { ...arm.numbers, hidden }, group: 'noisy', spec: { ...spec, data } };
    }),
  ];
  return preset({ seeds, arms, note, miniature: size !== 'study' });
}

const longIds = widths.map(longId);
const noisyIds = smallWidths.map(noisyId);
const hiddenAxis = { label: 'hidden units (count)', scale: 'log' } as const;

const asIntended: Protocol = {
  id: 'as-intended',
  note: 'The ten networks trained until they have fitted, on fewer images, instead of for 10 epochs: only then can they overfit. Beside them networks of 1 to 256 hidden units on few images with 15 % random labels, which go through the size at which the training set is just fitted: the place where test error may have a peak (double descent, Belkin et al. 2019, Nakkiran et al. 2020).',
  presets: {
    smoke: intendedPreset('smoke', [1], '200 images, 2 epochs: shows that it runs.'),
    quick: intendedPreset('quick', [1], '1,000 images for 20 epochs; with random labels 500 images for 200 epochs.'),
    study: intendedPreset(
      'study',
      seedsTo(5),
      '10,000 images for 40 epochs; with random labels 1,000 images for 1,000 epochs.',
    ),
  },
  figures: [
    ...sizeFigures(longIds, atEnd),
    ...sizeFigures(noisyIds, atEnd, 'hidden', hiddenAxis).map(
      (figure): Figure => ({
        ...figure,
        id: `noisy-${figure.id}`,
        title: `${figure.title}, few images with 15 % random labels`,
        caption: `${figure.caption} The training set is just fitted where training accuracy reaches 100 %.`,
      }),
    ),
  ],
  quantities: [
    ...quantities(atEnd, longIds, false),
    ...quantities(atEnd, noisyIds, false).map((one) => ({
      ...one,
      id: `noisy-${one.id}`,
      label: `${one.label} (15 % random labels)`,
      headline: false,
    })),
  ],
};

const better = (of: (hidden: number) => string): readonly ClaimTest[] => [
  {
    kind: 'value',
    label: "Spearman's correlation of test accuracy and parameters",
    of: [
      rankOver(
        widths.map((hidden) => ({ id: of(hidden), number: hidden })),
        last('testAccuracy'),
      ),
    ],
    direction: 'above',
    margin: 0.5,
    noEffect: 0,
  },
];

/** Share that is wrong: of test images at the end, of training images as the code counts them. */
const error = (arm: string, metric: 'testAccuracy' | 'accuracy'): Term => ({
  difference: [{ number: 1 }, term(arm, { kind: 'max', metric })],
});

const plateaus = (): ClaimTest => {
  const ratio = (metric: 'testAccuracy' | 'accuracy'): Term => ({
    ratio: [error('h2000', metric), error('h500', metric)],
  });
  return {
    kind: 'ratio',
    label: 'error at 2000 units / at 500 units, test / training',
    of: ratio('testAccuracy'),
    to: ratio('accuracy'),
    direction: 'above',
    margin: 1.5,
    noEffect: 1,
  };
};

/** Overfitting by size: the largest network is worse on test images than the best of the smaller ones. */
const overfits = (arms: readonly string[], what: string): ClaimTest => ({
  kind: 'difference',
  label: `test loss of the largest less the smallest of the others${what}`,
  of: term(arms.at(-1)!, last('testLoss')),
  to: { least: arms.slice(0, -1).map((arm) => term(arm, last('testLoss'))) },
  direction: 'above',
  margin: 0,
  noEffect: 0,
});

const claims: readonly Claim[] = [
  {
    id: 'more-parameters-better',
    statement: 'More parameters do better in training and in testing.',
    metric: "Spearman's correlation of test accuracy and parameters over the ten sizes",
    margin: 'above 0.5',
    least: { count: 5, unit: 'seeds' },
    tests: { 'as-written': better(armId), 'as-coded': better(armId), 'as-intended': better(longId) },
  },
  {
    id: 'test-plateaus-first',
    statement: 'Testing stops improving well before training does, by overfitting.',
    metric: 'error at 2000 units / error at 500 units, testing / training; and whether test loss ever rises with size',
    margin:
      'above 1.5, and test loss of the largest above that of a smaller one; networks that have fitted have no training error, so as intended the second alone',
    least: { count: 5, unit: 'seeds' },
    tests: {
      'as-written': [plateaus(), overfits(ids, '')],
      'as-coded': [plateaus(), overfits(ids, '')],
      'as-intended': [overfits(longIds, ', fitted'), overfits(noisyIds, ', 15 % random labels')],
    },
  },
];

/** 1.3.2: do larger networks generalise worse? */
export const parameterCount: Experiment = {
  id: 'parameter-count',
  section: '1.3.2',
  title: 'Number of parameters against generalisation',
  question:
    'Do more parameters do better on images that were not seen, and is there a size at which they begin to overfit?',
  protocols: [asCoded({ runningTraining: true }), asWritten, asIntended],
  claims,
  disagreements: parameterCountDisagreements,
};
