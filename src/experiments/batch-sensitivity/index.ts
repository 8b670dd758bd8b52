import { preset } from '../../study/estimate.js';
import type { Experiment, Preset, Protocol, Quantity } from '../../study/experiment.js';
import type { Figure } from '../../study/figure.js';
import type { Reading } from '../../study/reading.js';
import { accuracyAxis, crossEntropyAxis, last, reportedBy, seedsTo, value } from '../../study/vocabulary.js';
import {
  allSteps,
  batchSizes,
  epochArms,
  equalUpdates,
  ids,
  intendedArms,
  type SizeName,
  scaledRate,
  sensitivityOf,
  sharpnessOf,
  sizes,
} from './arms.js';
import { batchSensitivityClaims } from './claims.js';
import { batchSensitivityDisagreements } from './disagreements.js';

/** Section 1.3.4: five batch sizes, what they do to accuracy and to sensitivity. */

const notes: Readonly<Record<SizeName, Pick<Preset, 'note' | 'miniature'>>> = {
  smoke: { note: '200 images: shows that it runs.', miniature: true },
  quick: {
    note: '3,000 training and 2,000 test images instead of 60,000 and 10,000; batches as reported.',
    miniature: true,
  },
  full: { note: 'Full size: 60,000 images.', miniature: false },
};

interface Bugs {
  /** D44: "sensitivity" is the norm of the gradient by parameters, a mean over all steps of training. */
  readonly parameterGradientSensitivity: boolean;
  /** D46: training loss and accuracy are means over all steps from the first on. */
  readonly runningTraining: boolean;
}

function codedPreset(size: SizeName, seeds: readonly number[], bugs: Bugs): Preset {
  const arms = epochArms(sizes[size], size === 'smoke' ? 1 : 5);
  const measurements = bugs.parameterGradientSensitivity ? [] : sensitivityOf(arms, size);
  return preset({ seeds, arms, measurements, ...notes[size] });
}

const batchAxis = { label: 'batch size (images)' };
const trainLoss = ({ runningTraining }: Bugs): Reading => (runningTraining ? allSteps('loss') : last('trainLoss'));
const trainAccuracy = ({ runningTraining }: Bugs): Reading =>
  runningTraining ? { kind: 'meanRunning', metric: 'accuracy' } : last('trainAccuracy');

const jacobian = (suffix = ''): readonly string[] => ids.map((id) => `${id}${suffix}-jacobian`);
const sensitivityAxis = {
  parameters: { label: '"sensitivity" (parameter-gradient norm, loss per parameter unit)' },
  inputs: { label: 'sensitivity (Jacobian norm, probability per pixel unit)' },
} as const;

function sensitivityFigures(arms: readonly string[], bugs: Bugs, jacobians: readonly string[]): readonly Figure[] {
  const coded = bugs.parameterGradientSensitivity;
  const sensitivity = coded
    ? { label: '"sensitivity"', arms, reading: allSteps('tensorGradNorm'), axis: 'right' as const }
    : { label: 'sensitivity', arms: jacobians, reading: value('probabilitiesTest'), axis: 'right' as const };
  const common = { kind: 'by-arm', at: 'batchSize', x: batchAxis } as const;
  const y2 = coded ? sensitivityAxis.parameters : sensitivityAxis.inputs;
  const training = bugs.runningTraining
    ? 'Training is a mean over all steps from the first on, testing is at the end (D46), which is why training looks worse. '
    : 'Training and testing are both taken at the end. ';
  const what = coded
    ? '"Sensitivity" here is the norm of minibatch gradients during training (D44): it falls with batch size by averaging alone.'
    : 'Sensitivity is the norm of the Jacobian of the probabilities by the pixels, of the trained network on test images.';
  return [
    {
      ...common,
      id: 'loss',
      title: 'Loss and sensitivity by batch size',
      caption: `${training}${what}`,
      series: [
        { label: 'training loss', dashed: true, arms, reading: trainLoss(bugs) },
        { label: 'test loss', arms, reading: last('testLoss') },
        sensitivity,
      ],
      y: crossEntropyAxis('mean', 'linear'),
      y2,
    },
    {
      ...common,
      id: 'accuracy',
      title: 'Accuracy and sensitivity by batch size',
      caption: `${training}See whether accuracy and sensitivity go together or apart.`,
      series: [
        { label: 'training accuracy', dashed: true, arms, reading: trainAccuracy(bugs) },
        { label: 'test accuracy', arms, reading: last('testAccuracy') },
        sensitivity,
      ],
      y: accuracyAxis('mean'),
      y2,
    },
  ];
}

const notebook = "the report's notebook";
const figure = "read off the report's figure";

const accuracyQuantities = (bugs: Bugs, arms: readonly string[], isReported: boolean): readonly Quantity[] => {
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
      reported: by([97.75, 97.45, 96.57, 95.93, 95.08]),
      source: notebook,
    },
    {
      id: 'test-loss',
      label: 'Test loss',
      reading: last('testLoss'),
      arms,
      decimals: 4,
      reported: by([0.0745, 0.0897, 0.1208, 0.1419, 0.1676]),
      source: notebook,
    },
    {
      id: 'train-loss',
      label: bugs.runningTraining ? 'Training loss, mean over all steps' : 'Training loss at the end',
      reading: trainLoss(bugs),
      arms,
      decimals: 3,
      reported: by([0.095, 0.197, 0.262, 0.314, 0.359]),
      source: figure,
    },
    {
      id: 'train-accuracy',
      label: bugs.runningTraining
        ? 'Training accuracy (running, mean over all steps), %'
        : 'Training accuracy at the end, %',
      reading: trainAccuracy(bugs),
      arms,
      percent: true,
      decimals: 1,
      reported: by([96.4, 92.9, 90.9, 89.5, 88.2]),
      source: figure,
    },
  ];
};

const jacobianQuantities = (arms: readonly string[]): readonly Quantity[] =>
  (
    [
      ['probabilitiesTest', 'Jacobian norm of the probabilities, test images'],
      ['logitsTest', 'Jacobian norm of the logits, test images'],
      ['probabilitiesTrain', 'Jacobian norm of the probabilities, training images'],
      ['logitsTrain', 'Jacobian norm of the logits, training images'],
    ] as const
  ).map(([name, label]) => ({
    id: name,
    label,
    reading: value(name),
    arms,
    decimals: 3,
    headline: name === 'probabilitiesTest',
    reported: {},
    source: 'none',
  }));

function codedQuantities(bugs: Bugs): readonly Quantity[] {
  const sensitivity: readonly Quantity[] = bugs.parameterGradientSensitivity
    ? [
        {
          id: 'sensitivity',
          label: '"Sensitivity": norm of minibatch gradients, mean over tensors and steps',
          reading: allSteps('tensorGradNorm'),
          arms: ids,
          decimals: 3,
          reported: reportedBy(ids, [0.325, 0.12, 0.109, 0.103, 0.105]),
          source: figure,
        },
      ]
    : jacobianQuantities(jacobian());
  return [...accuracyQuantities(bugs, ids, true), ...sensitivity];
}

const asCoded = (bugs: Bugs): Protocol => ({
  id: 'as-coded',
  note: '784-500-10, Adam at 0.001 with weight decay 1e-4, 5 epochs at each of five batch sizes (30,000 to 200 updates), the seed set anew before each. "Sensitivity" is the mean over the four tensors of the norm of the gradient of each minibatch, averaged over all steps of training.',
  presets: {
    smoke: codedPreset('smoke', [1], bugs),
    quick: codedPreset('quick', seedsTo(3), bugs),
    report: codedPreset('full', [1], bugs),
    study: codedPreset('full', seedsTo(5), bugs),
  },
  figures: sensitivityFigures(ids, bugs, jacobian()),
  quantities: codedQuantities(bugs),
  bugs: {
    parameterGradientSensitivity: {
      about: '"Sensitivity" is the norm of the gradient by parameters, during training',
      disagreement: 'D44',
      standard: true,
    },
    runningTraining: {
      about: 'Training loss and accuracy are means over all steps from the first on',
      disagreement: 'D46',
      standard: true,
    },
  },
  withBugs: (changed) => asCoded({ ...bugs, ...changed }),
});

function intendedPreset(size: SizeName, seeds: readonly number[]): Preset {
  const arms = intendedArms(size);
  const measurements = [
    ...sensitivityOf(arms, size),
    ...sharpnessOf(arms.slice(0, size === 'smoke' ? 1 : batchSizes.length), size),
  ];
  return preset({ seeds, arms, measurements, ...notes[size] });
}

const atEnd: Bugs = { parameterGradientSensitivity: false, runningTraining: false };
const withSuffix = (suffix: string): readonly string[] => ids.map((id) => `${id}${suffix}`);
const asIntended: Protocol = {
  id: 'as-intended',
  note: 'Sensitivity is the Frobenius norm of the Jacobian of the trained network by its input, on test images (Novak et al. 2018): of probabilities and of logits. The five batch sizes at equal epochs, at equal updates (those of one epoch in batches of 10) and with a learning rate scaled by the root of the batch size; other learning rates and widths beside them; sharpness at the end.',
  presets: {
    smoke: intendedPreset('smoke', [1]),
    quick: intendedPreset('quick', [1]),
    study: intendedPreset('full', seedsTo(5)),
  },
  figures: [
    ...sensitivityFigures(ids, atEnd, jacobian()),
    ...sensitivityFigures(withSuffix(equalUpdates), atEnd, jacobian(equalUpdates)).map(
      (one): Figure => ({ ...one, id: `${one.id}-updates`, title: `${one.title}, equal updates` }),
    ),
    {
      kind: 'by-arm',
      id: 'accuracy-three-ways',
      title: 'Test accuracy by batch size, three ways',
      caption:
        'The same five batch sizes at equal epochs, at equal updates, and with a scaled learning rate. See how much of the fall at equal epochs is left when all take as many steps.',
      at: 'batchSize',
      series: [
        { label: 'equal epochs', arms: ids, reading: last('testAccuracy') },
        { label: 'equal updates', arms: withSuffix(equalUpdates), reading: last('testAccuracy') },
        { label: 'scaled learning rate', arms: withSuffix(scaledRate), reading: last('testAccuracy') },
      ],
      x: batchAxis,
      y: accuracyAxis('test'),
    },
    {
      kind: 'by-arm',
      id: 'sharpness',
      title: 'Sharpness by batch size',
      caption:
        'How far the training loss can rise in a small box around the trained network, in percent (Keskar et al. 2017), at equal epochs. This is what the part of the report is named after, and what it does not measure.',
      at: 'batchSize',
      series: [{ arms: ids.map((id) => `${id}-sharpness`), reading: value('sharpness') }],
      x: batchAxis,
      y: { label: 'epsilon-sharpness (% of 1 + loss)' },
    },
  ],
  quantities: [
    ...accuracyQuantities(atEnd, ids, false),
    ...jacobianQuantities(jacobian()),
    {
      id: 'test-accuracy-updates',
      label: 'Test accuracy at equal updates, %',
      reading: last('testAccuracy'),
      arms: withSuffix(equalUpdates),
      percent: true,
      decimals: 2,
      reported: {},
      source: 'none',
    },
    {
      id: 'test-accuracy-scaled',
      label: 'Test accuracy with scaled learning rate, %',
      reading: last('testAccuracy'),
      arms: withSuffix(scaledRate),
      percent: true,
      decimals: 2,
      reported: {},
      source: 'none',
    },
    {
      id: 'sharpness',
      label: 'Epsilon-sharpness',
      reading: value('sharpness'),
      arms: ids.map((id) => `${id}-sharpness`),
      decimals: 3,
      reported: {},
      source: 'none',
    },
  ],
};

/** 1.3.4: is a network that answers less to its inputs one that generalises better? */
export const batchSensitivity: Experiment = {
  id: 'batch-sensitivity',
  section: '1.3.4',
  title: 'Flatness against generalisation, part 2: batch size and sensitivity',
  question:
    'What does the batch size do to accuracy and to sensitivity, and does sensitivity tell how well a network generalises?',
  protocols: [asCoded({ parameterGradientSensitivity: true, runningTraining: true }), asIntended],
  claims: batchSensitivityClaims,
  disagreements: batchSensitivityDisagreements,
};
