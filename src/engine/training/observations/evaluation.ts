import { word } from '../../../base/fields.js';
import { defineObservation, type EvaluationCadence, type Moment, type Observer, type RunSize } from './observation.js';

const cadence = (set: string) => word(`loss and accuracy on the whole ${set} set, dropout off`, ['epoch', 'end']);

const isDue = (when: EvaluationCadence, { endsEpoch, isLast, diverged }: Moment): boolean =>
  !(isLast && diverged) && (when === 'epoch' ? endsEpoch : isLast);

const passes = (when: EvaluationCadence, { epochs }: RunSize): number => (when === 'epoch' ? epochs : 1);

/** Evaluates once an epoch or at the end. */
const observer = <C extends string>(
  when: EvaluationCadence,
  evaluate: (row: { [N in C]?: number }) => void,
): Observer<C> => (when === 'epoch' ? { endEpoch: evaluate } : { end: evaluate });

/** Loss and accuracy on the whole training set, dropout off. */
export const train = defineObservation({
  name: 'train',
  field: cadence('training'),
  columns: {
    trainLoss: { words: 'training loss, whole set', unit: 'as `loss`' },
    trainAccuracy: { words: 'training accuracy, whole set', unit: 'share, [0, 1]' },
  },
  emits: (when, moment) => (isDue(when, moment) ? ['trainLoss', 'trainAccuracy'] : []),
  work: (when, run) => ({ evaluated: passes(when, run) * run.train }),
  observe: (when, { network, data, evaluation }) =>
    observer(when, (row) => {
      const found = network.evaluate(data);
      evaluation.train = found;
      row.trainLoss = found.loss;
      if (found.accuracy !== undefined) row.trainAccuracy = found.accuracy;
    }),
});

/** Loss and accuracy on the whole test set, dropout off. */
export const test = defineObservation({
  name: 'test',
  field: cadence('test'),
  columns: {
    testLoss: { words: 'test loss', unit: 'as `loss`' },
    testAccuracy: { words: 'test accuracy', unit: 'share, [0, 1]' },
  },
  needs: ['testSet'],
  emits: (when, moment) => (isDue(when, moment) ? ['testLoss', 'testAccuracy'] : []),
  work: (when, run) => ({ evaluated: passes(when, run) * run.test }),
  observe: (when, { network, test: data, evaluation }) =>
    observer(when, (row) => {
      const found = network.evaluate(data!);
      evaluation.test = found;
      row.testLoss = found.loss;
      if (found.accuracy !== undefined) row.testAccuracy = found.accuracy;
    }),
});
