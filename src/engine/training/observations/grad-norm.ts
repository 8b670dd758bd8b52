import { byStepOrEpoch, defineObservation, isDue } from './observation.js';

/** L2 norm over all parameters of the gradient of the minibatch's data loss; by epoch that of the last minibatch. */
export const gradNorm = defineObservation({
  name: 'gradNorm',
  field: byStepOrEpoch('L2 norm of the gradient of the minibatch, or of the last minibatch of the epoch'),
  columns: { gradNorm: { words: 'gradient norm', unit: 'loss units per parameter unit, >= 0' } },
  emits: (cadence, { endsEpoch }) => (isDue(cadence, endsEpoch) ? ['gradNorm'] : []),
  observe: (cadence, { network }) => ({
    gradients: cadence,
    step(row, { endsEpoch }) {
      if (isDue(cadence, endsEpoch)) row.gradNorm = network.gradNorm();
    },
  }),
});
