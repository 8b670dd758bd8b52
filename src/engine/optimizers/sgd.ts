import { byDefault, notNegative, positive, type SpecOf, share } from '../../base/fields.js';
import type { Kernels } from '../bindings/kernels.js';
import { defineOptimizer, type PlannedRule, type ReferenceState, type RuleMemory } from './define.js';

const fields = {
  learningRate: positive('step size'),
  momentum: byDefault(share('share of the last step that is taken again'), 0),
  weightDecay: byDefault(notNegative('L2 penalty, in the gradient'), 0),
};
type SgdSpec = SpecOf<typeof fields>;

/**
 * Gradient descent with momentum and L2 weight decay (`torch.optim.SGD`). It remembers its buffer of past gradients.
 */
export const sgd = defineOptimizer({
  kind: 'sgd',
  fields,
  words: ({ learningRate }) => `sgd ${learningRate}`,
  moments: () => 1,
  plan: planSgd,
  reference: sgdStep,
});

function planSgd(
  { learningRate, momentum = 0, weightDecay = 0 }: SgdSpec,
  { values, gradients, moments: [buffer = 0] }: RuleMemory,
  { sgdUpdate }: Kernels,
): PlannedRule {
  return {
    begin() {},
    update(start, length, gradient) {
      const at = 4 * start;
      sgdUpdate(values + at, gradients + 4 * gradient, buffer + at, length, learningRate, momentum, weightDecay);
    },
    preconditioner: () => undefined,
  };
}

/**
 * With momentum mu and L2 weight decay c. A buffer that starts at 0 makes PyTorch's first step, b = g + c p.
 *
 *     b' = mu b + (g + c p),   p' = p - learningRate b'
 */
function sgdStep(
  { learningRate, momentum = 0, weightDecay = 0 }: SgdSpec,
  { params, steps, moments: [buffer] }: ReferenceState,
  gradient: Float64Array,
): ReferenceState {
  const moved = buffer!.map((b, i) => momentum * b + (gradient[i]! + weightDecay * params[i]!));
  return { params: params.map((p, i) => p - learningRate * moved[i]!), steps: steps + 1, moments: [moved] };
}
