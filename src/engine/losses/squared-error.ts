import type { PlanContext, Tensor } from '../layers/planned.js';
import { loadFeatureRows } from '../network/inputs.js';
import { requireLength } from '../require-length.js';
import { defineLoss, type PlannedLoss, type ReferenceLoss } from './define.js';

/** Mean squared error over all elements (`nn.MSELoss`). Shapes: outputs and targets [n, outputs]. */
export const mse = defineLoss('mse', {
  targets: 'values',
  words: 'mean squared error',
  plan: planSquaredError,
  reference: (samples, outputs) => referenceSquaredError(samples * outputs),
});

function planSquaredError(output: Tensor, { kernels, arena, maxStride }: PlanContext): PlannedLoss {
  const { squaredError, squaredErrorTangent } = kernels;
  const { size: outputs, value, grad, tangent, tangentGrad } = output;
  const targets = arena.floats(outputs * maxStride);
  return {
    load: (batch, { stride }) => loadFeatureRows(batch, batch.data.targets, outputs, targets, stride, kernels),
    sum({ samples, padded, stride }, total, differentiate) {
      const scale = 2 / (total * outputs);
      const to = differentiate ? grad : 0;
      return squaredError(value, targets, to, outputs, samples, padded, stride, scale) / outputs;
    },
    tangent({ samples, padded, stride }, total) {
      squaredErrorTangent(tangent, tangentGrad, outputs, samples, padded, stride, 2 / (total * outputs));
    },
    countCorrect: undefined,
  };
}

/** `L = 1/count sum (y - t)^2`. */
function referenceSquaredError(count: number): ReferenceLoss {
  return {
    value(y, t) {
      requireLength('targets of mse', t, count);
      let sum = 0;
      for (let i = 0; i < count; i++) sum += (y[i]! - t[i]!) * (y[i]! - t[i]!);
      return sum / count;
    },
    gradient(y, t, gradient) {
      requireLength('targets of mse', t, count);
      for (let i = 0; i < count; i++) gradient[i] = (2 * (y[i]! - t[i]!)) / count;
    },
    hessianProduct(_y, direction, product) {
      for (let i = 0; i < count; i++) product[i] = (2 * direction[i]!) / count;
    },
  };
}
