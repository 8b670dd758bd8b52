import { count, nested } from '../../../base/fields.js';
import { defineObservation, savedSum } from './observation.js';

/** Loss of one minibatch of each epoch before its step, as notebooks that print every 500 steps quote it. */
export const stepLoss = defineObservation({
  name: 'stepLoss',
  field: nested('loss of one minibatch of each epoch: of this step, or the last if an epoch has fewer', {
    step: count('which, counted within the epoch'),
  }),
  columns: { stepLoss: { words: 'training loss, one minibatch', unit: 'as `loss`' } },
  emits: (_, { endsEpoch }) => (endsEpoch ? ['stepLoss'] : []),
  observe({ step: quoted }, run) {
    let stepLoss = savedSum(run, 'stepLoss');
    return {
      step(row, { result, steps, endsEpoch }) {
        if (steps <= quoted) stepLoss = result.loss;
        if (endsEpoch) row.stepLoss = stepLoss;
      },
      sums: () => ({ stepLoss }),
    };
  },
});
