import { defineActivation } from './activation.js';
import { leakyKernels, leakyReference } from './leaky-relu.js';

/** max(x, 0) (`nn.ReLU`). */
export const relu = defineActivation('relu', {
  fields: {},
  kernels: (kernels) => leakyKernels(kernels, 0),
  reference: () => leakyReference(0),
});
