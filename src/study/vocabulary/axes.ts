import type { Axis } from '../figure.js';

/** Epochs of a training in batches. */
export const epochAxis: Axis = { label: 'epoch (passes over the training data)' };

/** Epochs of a training on all points at once. */
export const fullBatchAxis: Axis = { label: 'epoch (1 epoch = 1 full-batch step)' };

/** Accuracy of a classifier: on `training` or `test` images, or the `mean` of some. */
export const accuracyAxis = (of: string): Axis => ({ label: `${of} accuracy (% of images)`, percent: true });

/** Loss of a classifier. */
export const crossEntropyAxis = (of: string, scale: Axis['scale'] = 'log'): Axis => ({
  label: `${of} loss (cross-entropy, nats)`,
  scale,
});

/** Loss of a network that learns a function. */
export const squaredErrorAxis: Axis = { label: 'training loss (mean squared error)', scale: 'log' };

/** L2 norm of the gradient over all parameters. */
export const gradientNormAxis: Axis = { label: 'gradient norm (loss per parameter unit)', scale: 'log' };
