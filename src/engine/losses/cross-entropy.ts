import { lossKind } from './kind.js';

/** Softmax cross-entropy of logits, mean over samples (`nn.CrossEntropyLoss`). Shapes: outputs [n, classes], targets [n] labels. */
export const crossEntropy = lossKind({
  kind: 'crossEntropy',
  fields: {},
  targets: 'labels',
  words: 'softmax cross-entropy',
});
