import { byDefault, share } from '../../../base/fields.js';
import { activationKind } from './activation.js';

/** max(x, 0) + slope min(x, 0) (`nn.LeakyReLU`). */
export const leakyRelu = activationKind('leakyRelu', { slope: byDefault(share('slope below 0'), 0.01) });
