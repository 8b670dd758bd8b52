import type { ArmSeries, Axis, Figure } from '../../study/figure.js';
import {
  accuracyAxis,
  byArm,
  crossEntropyAxis,
  last,
  noneOf,
  trainingAndTest,
  value,
} from '../../study/vocabulary/index.js';
import { batchSizes, equalUpdates, ids, scaledRate, triedId, triedRates, withSuffix } from './arms.js';
import { type CodedSwitches, codedBugs } from './bugs.js';
import { jacobians, sharpnesses } from './presets.js';
import { allSteps, trainAccuracy, trainLoss } from './quantities.js';

const byBatch = { at: 'batchSize', x: { label: 'batch size (images)' } } as const;

interface Sensitivity {
  readonly caption: string;
  readonly series: ArmSeries;
  readonly axis: Axis;
}

const gradientSensitivity = (arms: readonly string[]): Sensitivity => ({
  caption:
    '"Sensitivity" here is the norm of minibatch gradients during training (D44): it falls with batch size by ' +
    'averaging already.',
  series: { label: '"sensitivity"', arms, reading: allSteps('tensorGradNorm'), axis: 'right' },
  axis: { label: '"sensitivity" (parameter-gradient norm, loss per parameter unit)' },
});

const jacobianSensitivity = (arms: readonly string[]): Sensitivity => ({
  caption:
    'Sensitivity is the norm of the Jacobian of the probabilities by the pixels, of the trained network on test ' +
    'images.',
  series: { label: 'sensitivity', arms: jacobians(arms), reading: value('probabilitiesTest'), axis: 'right' },
  axis: { label: 'sensitivity (Jacobian norm, probability per pixel unit)' },
});

/** Loss and accuracy by batch size, each with the sensitivity beside it. */
export function sensitivityFigures(arms: readonly string[], on: CodedSwitches): readonly Figure[] {
  const sensitivity = (on.parameterGradientSensitivity ? gradientSensitivity : jacobianSensitivity)(arms);
  const training = on.runningTraining
    ? 'Training is a mean over all steps from the first on, testing is at the end (D46), which is why training looks ' +
      'worse.'
    : 'Training and testing are both taken at the end.';
  return [
    byArm({
      ...byBatch,
      id: 'loss',
      title: 'Loss and sensitivity by batch size',
      caption: `${training} ${sensitivity.caption}`,
      series: [...trainingAndTest(arms, 'loss', trainLoss(on)), sensitivity.series],
      y: crossEntropyAxis('mean', 'linear'),
      y2: sensitivity.axis,
    }),
    byArm({
      ...byBatch,
      id: 'accuracy',
      title: 'Accuracy and sensitivity by batch size',
      caption: `${training} See whether accuracy and sensitivity go together or apart.`,
      series: [...trainingAndTest(arms, 'accuracy', trainAccuracy(on)), sensitivity.series],
      y: accuracyAxis('mean'),
      y2: sensitivity.axis,
      headline: true,
    }),
  ];
}

const threeWays: Figure = byArm({
  ...byBatch,
  id: 'accuracy-three-ways',
  title: 'Test accuracy by batch size, three ways',
  caption:
    'The same five batch sizes at equal epochs, at equal updates, and with a scaled learning rate. See how much of ' +
    'the fall at equal epochs is left when all take as many steps.',
  series: [
    { label: 'equal epochs', arms: ids, reading: last('testAccuracy') },
    { label: 'equal updates', arms: withSuffix(equalUpdates), reading: last('testAccuracy') },
    { label: 'scaled learning rate', arms: withSuffix(scaledRate), reading: last('testAccuracy') },
  ],
  y: accuracyAxis('test'),
});

const byRate: Figure = byArm({
  ...byBatch,
  id: 'accuracy-by-rate',
  title: 'Test accuracy by batch size, at four learning rates',
  caption:
    'Five epochs at each batch size with each rate. At equal epochs large batches take few steps: see how much of ' +
    'their loss a larger rate makes up for, and where it does harm.',
  series: triedRates.map((rate) => ({
    label: `learning rate ${rate}`,
    arms: batchSizes.map((size) => triedId(size, rate)),
    reading: last('testAccuracy'),
  })),
  y: accuracyAxis('test'),
});

const sharpness: Figure = byArm({
  ...byBatch,
  id: 'sharpness',
  title: 'Sharpness by batch size',
  caption:
    'How far the training loss can rise in a small box around the trained network, in percent (Keskar et al. 2017), ' +
    'at equal epochs. This is what the part of the original is named after, and what it does not measure.',
  series: [{ arms: sharpnesses(ids), reading: value('sharpness') }],
  y: { label: 'epsilon-sharpness (% of 1 + loss)' },
});

const atEnd = noneOf(codedBugs);

/** Accuracy and sensitivity at equal epochs and at equal updates, all three groups, and sharpness. */
export const intendedFigures: readonly Figure[] = [
  ...sensitivityFigures(ids, atEnd),
  ...sensitivityFigures(withSuffix(equalUpdates), atEnd).map(
    (one): Figure => ({ ...one, id: `${one.id}-updates`, title: `${one.title}, equal updates` }),
  ),
  threeWays,
  byRate,
  sharpness,
];
