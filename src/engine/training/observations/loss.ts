import { byStepOrEpoch, defineObservation, isDue } from './observation.js';

/** Loss of the minibatch before its step, dropout active; by epoch its mean over the epoch's samples. */
export const loss = defineObservation({
  name: 'loss',
  field: byStepOrEpoch('loss of the minibatch before the step, or its mean over the samples of the epoch'),
  columns: { loss: { words: 'training loss', unit: 'nats (crossEntropy), squared target units (mse)' } },
  emits: (cadence, { endsEpoch }) => (isDue(cadence, endsEpoch) ? ['loss'] : []),
});
