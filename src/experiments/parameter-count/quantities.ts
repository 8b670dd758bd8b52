import type { Quantity } from '../../study/experiment.js';
import type { Reading } from '../../study/reading.js';
import {
  last,
  quantity,
  type Reported,
  reportedBy,
  share,
  sources,
  testAccuracy,
  testLoss,
  unreported,
} from '../../study/vocabulary/index.js';

/** Training loss: the best running mean of an epoch, or at the end. */
export const trainLoss = (running: boolean): Reading => (running ? { kind: 'min', metric: 'loss' } : last('trainLoss'));

/** Training accuracy, likewise. */
export const trainAccuracy = (running: boolean): Reading =>
  running ? { kind: 'max', metric: 'accuracy' } : last('trainAccuracy');

const reported = {
  trainAccuracy: [95.585, 96.748, 98.023, 98.773, 98.838, 99.045, 99.293, 99.358, 99.523, 99.658],
  testAccuracy: [95.23, 96.44, 97.25, 97.62, 97.72, 97.98, 97.97, 97.82, 98.13, 98.16],
  testLoss: [0.1608, 0.124, 0.0886, 0.0744, 0.0708, 0.0663, 0.063, 0.065, 0.06, 0.0583],
  trainLoss: [0.155, 0.115, 0.073, 0.046, 0.043, 0.036, 0.028, 0.028, 0.021, 0.016],
} as const;

/** Loss and accuracy of some arms; those of the ten networks were reported. */
export function sizeQuantities(arms: readonly string[], running = false, isReported = false): readonly Quantity[] {
  const by = (values: readonly number[], source: string = sources.notebook): Reported =>
    isReported ? reportedBy(arms, values, source) : unreported;
  return [
    testAccuracy({ arms, ...by(reported.testAccuracy) }),
    testLoss({ arms, ...by(reported.testLoss) }),
    share({
      id: 'train-accuracy',
      label: running ? 'Training accuracy (best running)' : 'Training accuracy at the end',
      reading: trainAccuracy(running),
      arms,
      decimals: 3,
      ...by(reported.trainAccuracy),
    }),
    quantity({
      id: 'train-loss',
      label: running ? 'Training loss (best running mean)' : 'Training loss at the end',
      reading: trainLoss(running),
      arms,
      decimals: 3,
      ...by(reported.trainLoss, sources.figure),
    }),
  ];
}
