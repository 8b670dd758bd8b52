import { byDefault, notNegative, positive, share, tuple } from '../../base/fields.js';
import { optimizerKind } from './kind.js';

const moments = {
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
} as const;

/** Adam (Kingma & Ba 2015) with L2 weight decay in the gradient (`torch.optim.Adam`). */
export const adam = optimizerKind({
  kind: 'adam',
  fields: { ...moments, weightDecay: byDefault(notNegative('L2 penalty, in the gradient'), 0) },
  words: ({ learningRate }) => `adam ${learningRate}`,
});

/** Adam with decoupled weight decay (Loshchilov & Hutter 2019; `torch.optim.AdamW`). */
export const adamW = optimizerKind({
  kind: 'adamW',
  fields: { ...moments, weightDecay: byDefault(notNegative('decay by learningRate x this each step'), 0.01) },
  words: ({ learningRate }) => `adamW ${learningRate}`,
});
