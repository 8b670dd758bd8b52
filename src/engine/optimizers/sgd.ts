import { byDefault, notNegative, positive, share } from '../../base/fields.js';
import { optimizerKind } from './kind.js';

/** Gradient descent with momentum and L2 weight decay (`torch.optim.SGD`). */
export const sgd = optimizerKind({
  kind: 'sgd',
  fields: {
    learningRate: positive('step size'),
    momentum: byDefault(share('share of the last step that is taken again'), 0),
    weightDecay: byDefault(notNegative('L2 penalty, in the gradient'), 0),
  },
  words: ({ learningRate }) => `sgd ${learningRate}`,
});
