import { lossKind } from './kind.js';

/** Mean squared error over all elements (`nn.MSELoss`). Shapes: outputs and targets [n, outputs]. */
export const mse = lossKind({ kind: 'mse', fields: {}, targets: 'values', words: 'mean squared error' });
