import { byEpoch, defineObservation, savedSum } from './observation.js';

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean over the epoch's steps of the mean over parameter tensors of the L2 norm of the minibatch's gradient. */
export const tensorGradNorm = defineObservation({
  name: 'tensorGradNorm',
  field: byEpoch('mean over steps and tensors of the L2 norm of a tensor in the gradient of the minibatch'),
  columns: { tensorGradNorm: { words: 'gradient norm of a tensor', unit: 'as `gradNorm`' } },
  emits: (_, { endsEpoch }) => (endsEpoch ? ['tensorGradNorm'] : []),
  observe(_, run) {
    let tensorNormSum = savedSum(run, 'tensorNormSum');
    return {
      gradients: 'step',
      step(row, { steps, endsEpoch }) {
        tensorNormSum += mean(run.network.tensorGradNorms());
        if (!endsEpoch) return;
        row.tensorGradNorm = tensorNormSum / steps;
        tensorNormSum = 0;
      },
      sums: () => ({ tensorNormSum }),
    };
  },
});
