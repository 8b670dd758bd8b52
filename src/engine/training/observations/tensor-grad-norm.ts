import { byEpoch, defineObservation } from './observation.js';

/** Mean over the epoch's steps of the mean over parameter tensors of the L2 norm of the minibatch's gradient. */
export const tensorGradNorm = defineObservation({
  name: 'tensorGradNorm',
  field: byEpoch('mean over steps and tensors of the L2 norm of a tensor in the gradient of the minibatch'),
  columns: { tensorGradNorm: { words: 'gradient norm of a tensor', unit: 'as `gradNorm`' } },
  emits: (_, { endsEpoch }) => (endsEpoch ? ['tensorGradNorm'] : []),
});
