import { byStepOrEpoch, defineObservation, isDue } from './observation.js';

/** Share of the training samples that the network had right when it met them (running; dropout active). */
export const accuracy = defineObservation({
  name: 'accuracy',
  field: byStepOrEpoch(
    'share of the minibatch, or of the samples of the epoch, that was right when the network met it',
  ),
  columns: { accuracy: { words: 'running training accuracy', unit: 'share, [0, 1]' } },
  needs: ['labels'],
  emits: (cadence, { endsEpoch }) => (isDue(cadence, endsEpoch) ? ['accuracy'] : []),
});
