import type { TrialSpec } from '../../../tasks/trial-spec.js';

/**
 * Section 1.2.2's network from seed 1: PyTorch's own loss and gradient norm of its first step are known (test/golden).
 */
export const golden = { loss: 0.1104959100484848, relative: 1e-5 };
/** The trial itself, of a twentieth of a second. */
export const goldenTrial: TrialSpec = {
  data: { kind: 'function', name: 'sinc' },
  model: { kind: 'mlp', widths: [1, 500, 1], activation: 'relu' },
  loss: 'mse',
  optimizer: { kind: 'adam', learningRate: 0.001, weightDecay: 1e-4 },
  batchSize: 'full',
  stop: { epochs: 20 },
  seed: 1,
  observe: { loss: 'step', gradNorm: 'step' },
};
