import { byDefault, notNegative, positive, type SpecOf, share, tuple } from '../../base/fields.js';
import { powInt } from '../../base/math.js';
import type { Kernels } from '../bindings/kernels.js';
import { defineOptimizer, type PlannedRule, type ReferenceState, type RuleMemory } from './define.js';

const common = {
  learningRate: positive('step size'),
  betas: byDefault(
    tuple(
      'memory of the running means of the gradient and of its square',
      [share('of the gradient'), share('of its square')],
      'two numbers [beta1, beta2]',
    ),
    [0.9, 0.999],
  ),
  epsilon: byDefault(positive('what is added to the root of the mean square'), 1e-8),
};

/**
 * Adam (Kingma & Ba 2015) with L2 weight decay in the gradient (`torch.optim.Adam`). It remembers m / (1 - beta1) and v
 * / (1 - beta2).
 */
export const adam = defineOptimizer({
  kind: 'adam',
  fields: { ...common, weightDecay: byDefault(notNegative('L2 penalty, in the gradient'), 0) },
  words: ({ learningRate }) => `adam ${learningRate}`,
  moments: () => 2,
  plan: ({ weightDecay = 0, ...spec }, memory, kernels) =>
    planAdam({ ...spec, decay: weightDecay, keep: 1 }, memory, kernels),
  reference: ({ weightDecay = 0, ...spec }, state, gradient) =>
    adamStep({ ...spec, decay: weightDecay, keep: 1 }, state, gradient),
});

/** Adam with decoupled weight decay (Loshchilov & Hutter 2019; `torch.optim.AdamW`). */
export const adamW = defineOptimizer({
  kind: 'adamW',
  fields: { ...common, weightDecay: byDefault(notNegative('decay by learningRate x this each step'), 0.01) },
  words: ({ learningRate }) => `adamW ${learningRate}`,
  moments: () => 2,
  plan: ({ weightDecay = 0.01, ...spec }, memory, kernels) =>
    planAdam({ ...spec, decay: 0, keep: 1 - spec.learningRate * weightDecay }, memory, kernels),
  reference: ({ weightDecay = 0.01, ...spec }, state, gradient) =>
    adamStep({ ...spec, decay: 0, keep: 1 - spec.learningRate * weightDecay }, state, gradient),
});

/** Both in one: `decay` p joins the gradient, and `keep` p takes the place of p. */
type AdamRule = SpecOf<typeof common> & { readonly decay: number; readonly keep: number };

function planAdam(
  { learningRate, betas: [beta1, beta2] = [0.9, 0.999], epsilon = 1e-8, decay, keep }: AdamRule,
  { values, gradients, moments: [first = 0, second = 0] }: RuleMemory,
  { adamUpdate }: Kernels,
): PlannedRule {
  let rate = 0;
  let secondScale = 0;
  let floor = 0;
  return {
    begin(step) {
      secondScale = Math.sqrt((1 - beta2) / (1 - powInt(beta2, step)));
      rate = (learningRate * (1 - beta1)) / ((1 - powInt(beta1, step)) * secondScale);
      floor = epsilon / secondScale;
    },
    update(start, length, gradient) {
      const at = 4 * start;
      const g = gradients + 4 * gradient;
      adamUpdate(values + at, g, first + at, second + at, length, rate, beta1, beta2, floor, decay, keep);
    },
    preconditioner: () => ({ moments: second, scale: secondScale, epsilon }),
  };
}

/**
 * At step t = 1, 2, ..., as PyTorch 1.13 (g + c p in place of g for adam, (1 - learningRate c) p in place of p for
 * adamW):
 *
 *     m' = b1 m + (1 - b1) g,   v' = b2 v + (1 - b2) g^2
 *     p' = p - learningRate / (1 - b1^t) m' / (sqrt(v') / sqrt(1 - b2^t) + epsilon)
 */
function adamStep(
  { learningRate, betas: [beta1, beta2] = [0.9, 0.999], epsilon = 1e-8, decay, keep }: AdamRule,
  { params, steps, moments: [first, second] }: ReferenceState,
  gradient: Float64Array,
): ReferenceState {
  const t = steps + 1;
  const stepSize = learningRate / (1 - powInt(beta1, t));
  const secondScale = Math.sqrt(1 - powInt(beta2, t));
  const g = decay === 0 ? gradient : gradient.map((d, i) => d + decay * params[i]!);
  const mean = first!.map((m, i) => beta1 * m + (1 - beta1) * g[i]!);
  const square = second!.map((v, i) => beta2 * v + (1 - beta2) * g[i]! * g[i]!);
  const moved = params.map(
    (p, i) => p * keep - (stepSize * mean[i]!) / (Math.sqrt(square[i]!) / secondScale + epsilon),
  );
  return { params: moved, steps: t, moments: [mean, square] };
}
