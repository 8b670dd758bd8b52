import type { Quantity } from '../../study/experiment.js';
import type { Reading } from '../../study/reading.js';
import {
  last,
  noneOf,
  quantity,
  type Reported,
  reportedBy,
  share,
  sources,
  testAccuracy,
  testLoss,
  unreported,
  value,
} from '../../study/vocabulary/index.js';
import { batchSizes, equalUpdates, ids, noDecay, scaledRate, triedId, triedRates, withSuffix } from './arms.js';
import { type CodedSwitches, codedBugs } from './bugs.js';
import { jacobians, sharpnesses } from './presets.js';

/** A metric over all steps of training. */
export const allSteps = (metric: 'loss' | 'tensorGradNorm'): Reading => ({ kind: 'mean', metric });

/** Training loss: a mean over all steps, or at the end. */
export const trainLoss = ({ runningTraining }: CodedSwitches): Reading =>
  runningTraining ? allSteps('loss') : last('trainLoss');

/** Training accuracy, likewise. */
export const trainAccuracy = ({ runningTraining }: CodedSwitches): Reading =>
  runningTraining ? { kind: 'meanRunning', metric: 'accuracy' } : last('trainAccuracy');

/** Loss and accuracy of the five batch sizes. */
function endQuantities(on: CodedSwitches, isReported: boolean): readonly Quantity[] {
  const by = (values: readonly number[], source: string = sources.figure): Reported =>
    isReported ? reportedBy(ids, values, source) : unreported;
  return [
    testAccuracy({ arms: ids, ...by([97.75, 97.45, 96.57, 95.93, 95.08], sources.notebook) }),
    testLoss({ arms: ids, ...by([0.0745, 0.0897, 0.1208, 0.1419, 0.1676], sources.notebook) }),
    quantity({
      id: 'train-loss',
      label: on.runningTraining ? 'Training loss, mean over all steps' : 'Training loss at the end',
      reading: trainLoss(on),
      arms: ids,
      decimals: 3,
      ...by([0.095, 0.197, 0.262, 0.314, 0.359]),
    }),
    share({
      id: 'train-accuracy',
      label: on.runningTraining ? 'Training accuracy (running, mean over all steps)' : 'Training accuracy at the end',
      reading: trainAccuracy(on),
      arms: ids,
      decimals: 1,
      ...by([96.4, 92.9, 90.9, 89.5, 88.2]),
    }),
  ];
}

const jacobianValues = [
  ['probabilitiesTest', 'Jacobian norm of the probabilities, test images'],
  ['logitsTest', 'Jacobian norm of the logits, test images'],
  ['probabilitiesTrain', 'Jacobian norm of the probabilities, training images'],
  ['logitsTrain', 'Jacobian norm of the logits, training images'],
] as const;

const jacobianQuantities: readonly Quantity[] = jacobianValues.map(([name, label]) =>
  quantity({
    id: name,
    label,
    reading: value(name),
    arms: jacobians(ids),
    decimals: 3,
    headline: name === 'probabilitiesTest',
  }),
);

const gradientQuantity: Quantity = quantity({
  id: 'sensitivity',
  label: '"Sensitivity": norm of minibatch gradients, mean over tensors and steps',
  reading: allSteps('tensorGradNorm'),
  arms: ids,
  decimals: 3,
  ...reportedBy(ids, [0.325, 0.12, 0.109, 0.103, 0.105], sources.figure),
});

/** The ends of training and the code's sensitivity, or the Jacobian's where that is off. */
export const codedQuantities = (on: CodedSwitches): readonly Quantity[] => [
  ...endQuantities(on, true),
  ...(on.parameterGradientSensitivity ? [gradientQuantity] : jacobianQuantities),
];

/** Every batch size at each of four rates; the code's own rate stands among the quantities already. */
const triedIds = batchSizes
  .flatMap((size) => triedRates.map((rate) => triedId(size, rate)))
  .filter((id) => !ids.includes(id));

/** The ends of training, accuracy in the other groups, the Jacobian and sharpness. */
export const intendedQuantities: readonly Quantity[] = [
  ...endQuantities(noneOf(codedBugs), false),
  ...jacobianQuantities,
  testAccuracy({
    id: 'test-accuracy-updates',
    label: 'Test accuracy at equal updates',
    arms: withSuffix(equalUpdates),
    headline: false,
  }),
  testAccuracy({
    id: 'test-accuracy-scaled',
    label: 'Test accuracy with scaled learning rate',
    arms: withSuffix(scaledRate),
    headline: false,
  }),
  testAccuracy({
    id: 'test-accuracy-by-rate',
    label: 'Test accuracy by learning rate',
    arms: triedIds,
    headline: false,
  }),
  testAccuracy({
    id: 'test-accuracy-no-decay',
    label: 'Test accuracy without weight decay',
    arms: withSuffix(noDecay),
    headline: false,
  }),
  quantity({
    id: 'probabilities-no-decay',
    label: 'Jacobian norm of the probabilities without weight decay, test images',
    reading: value('probabilitiesTest'),
    arms: jacobians(withSuffix(noDecay)),
    decimals: 3,
  }),
  quantity({
    id: 'sharpness',
    label: 'Epsilon-sharpness',
    reading: value('sharpness'),
    arms: sharpnesses(ids),
    decimals: 3,
  }),
];
