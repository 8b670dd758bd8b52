import { activationKind } from './activation.js';

/** The hyperbolic tangent (`nn.Tanh`). */
export const tanh = activationKind('tanh', {});
