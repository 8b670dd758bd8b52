import { byStepOrEpoch, defineObservation, isDue, type Observed, type Observer, savedSum } from './observation.js';

const byStep: Observer<'accuracy'> = {
  step(row, { result, count }) {
    row.accuracy = result.correct / count;
  },
};

function byEpoch(run: Observed): Observer<'accuracy'> {
  let correctSum = savedSum(run, 'correctSum');
  return {
    step(row, { result, seen, endsEpoch }) {
      correctSum += result.correct;
      if (!endsEpoch) return;
      row.accuracy = correctSum / seen;
      correctSum = 0;
    },
    sums: () => ({ correctSum }),
  };
}

/** Share of the training samples that the network had right when it met them (running; dropout active). */
export const accuracy = defineObservation({
  name: 'accuracy',
  field: byStepOrEpoch(
    'share of the minibatch, or of the samples of the epoch, that was right when the network met it',
  ),
  columns: { accuracy: { words: 'running training accuracy', unit: 'share, [0, 1]' } },
  needs: ['labels'],
  emits: (cadence, { endsEpoch }) => (isDue(cadence, endsEpoch) ? ['accuracy'] : []),
  observe: (cadence, run) => (cadence === 'step' ? byStep : byEpoch(run)),
});
