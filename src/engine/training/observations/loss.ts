import { byStepOrEpoch, defineObservation, isDue, type Observed, type Observer, savedSum } from './observation.js';

const byStep: Observer<'loss'> = {
  step(row, { result }) {
    row.loss = result.loss;
  },
};

function byEpoch(run: Observed): Observer<'loss'> {
  let lossSum = savedSum(run, 'lossSum');
  return {
    step(row, { result, count, seen, endsEpoch }) {
      lossSum += result.loss * count;
      if (!endsEpoch) return;
      row.loss = lossSum / seen;
      lossSum = 0;
    },
    sums: () => ({ lossSum }),
  };
}

/** Loss of the minibatch before its step, dropout active; by epoch its mean over the epoch's samples. */
export const loss = defineObservation({
  name: 'loss',
  field: byStepOrEpoch('loss of the minibatch before the step, or its mean over the samples of the epoch'),
  columns: { loss: { words: 'training loss', unit: 'nats (crossEntropy), squared target units (mse)' } },
  emits: (cadence, { endsEpoch }) => (isDue(cadence, endsEpoch) ? ['loss'] : []),
  observe: (cadence, run) => (cadence === 'step' ? byStep : byEpoch(run)),
});
