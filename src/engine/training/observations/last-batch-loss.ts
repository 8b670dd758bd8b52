import { byEpoch, defineObservation } from './observation.js';

/** Loss of the epoch's last minibatch before its step, as notebooks often quote it. */
export const lastBatchLoss = defineObservation({
  name: 'lastBatchLoss',
  field: byEpoch('loss of the last minibatch of the epoch'),
  columns: { lastBatchLoss: { words: 'training loss, last minibatch', unit: 'as `loss`' } },
  emits: (_, { endsEpoch }) => (endsEpoch ? ['lastBatchLoss'] : []),
  observe: () => ({
    step(row, { result, endsEpoch }) {
      if (endsEpoch) row.lastBatchLoss = result.loss;
    },
  }),
});
