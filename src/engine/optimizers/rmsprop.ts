import { byDefault, flag, notNegative, positive, type SpecOf, share } from '../../base/fields.js';
import type { Kernels } from '../bindings/kernels.js';
import { defineOptimizer, type PlannedRule, type ReferenceState, type RuleMemory } from './define.js';

const fields = {
  learningRate: positive('step size'),
  alpha: byDefault(share('memory of the running mean of the squared gradient'), 0.99),
  epsilon: byDefault(positive('what is added to the root of the mean square'), 1e-8),
  momentum: byDefault(share('share of the last step that is taken again'), 0),
  weightDecay: byDefault(notNegative('L2 penalty, in the gradient'), 0),
  centered: byDefault(flag('whether the variance takes the place of the mean square'), false),
};
type RmspropSpec = SpecOf<typeof fields>;

/**
 * RMSprop (Tieleman & Hinton 2012; `torch.optim.RMSprop`). It remembers the mean square, then the mean if it is
 * centered, then the buffer if it has momentum.
 */
export const rmsprop = defineOptimizer({
  kind: 'rmsprop',
  fields,
  words: ({ learningRate }) => `rmsprop ${learningRate}`,
  moments: ({ momentum = 0, centered = false }) => 1 + (centered ? 1 : 0) + (momentum > 0 ? 1 : 0),
  plan: planRmsprop,
  reference: rmspropStep,
});

function planRmsprop(spec: RmspropSpec, memory: RuleMemory, { rmspropUpdate }: Kernels): PlannedRule {
  const { learningRate, alpha = 0.99, epsilon = 1e-8, momentum = 0, weightDecay = 0, centered = false } = spec;
  const { values, gradients, moments } = memory;
  const square = moments[0]!;
  const mean = centered ? moments[1]! : 0;
  const buffer = momentum > 0 ? moments.at(-1)! : 0;
  const newShare = 1 - alpha;
  return {
    begin() {},
    update(start, length, gradient) {
      const at = 4 * start;
      const p = values + at;
      const g = gradients + 4 * gradient;
      const v = square + at;
      const m = mean && mean + at;
      const b = buffer && buffer + at;
      rmspropUpdate(p, g, v, m, b, length, learningRate, alpha, newShare, epsilon, weightDecay, momentum);
    },
    // A variance is of two regions, and a preconditioner is read from one.
    preconditioner: () => (centered ? undefined : { moments: square, scale: 1, epsilon }),
  };
}

/**
 * As PyTorch, with g + c p in place of g:
 *
 *     v' = alpha v + (1 - alpha) g^2,   m' = alpha m + (1 - alpha) g          (centered: v' - m'^2 in place of v'
 * below)
 *     d = g / (sqrt(v') + epsilon),   b' = momentum b + d                     (with momentum: b' in place of d below)
 *     p' = p - learningRate d
 */
function rmspropStep(
  { learningRate, alpha = 0.99, epsilon = 1e-8, momentum = 0, weightDecay = 0, centered = false }: RmspropSpec,
  { params, steps, moments }: ReferenceState,
  gradient: Float64Array,
): ReferenceState {
  const g = gradient.map((d, i) => d + weightDecay * params[i]!);
  const square = moments[0]!.map((v, i) => alpha * v + (1 - alpha) * g[i]! * g[i]!);
  const mean = centered ? [moments[1]!.map((m, i) => alpha * m + (1 - alpha) * g[i]!)] : [];
  const variance = mean.reduce((v, m) => v.map((vi, i) => vi - m[i]! * m[i]!), square);
  const scaled = g.map((d, i) => d / (Math.sqrt(variance[i]!) + epsilon));
  const buffer = momentum > 0 ? [moments.at(-1)!.map((b, i) => momentum * b + scaled[i]!)] : [];
  const step = buffer[0] ?? scaled;
  const moved = params.map((p, i) => p - learningRate * step[i]!);
  return { params: moved, steps: steps + 1, moments: [square, ...mean, ...buffer] };
}
