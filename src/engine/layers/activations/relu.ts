import { activationKind } from './activation.js';

/** max(x, 0) (`nn.ReLU`). */
export const relu = activationKind('relu', {});
