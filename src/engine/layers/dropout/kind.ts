import { share } from '../../../base/fields.js';
import { layerKind } from '../kind.js';
import { product } from '../shape.js';

/**
 * Each value is 0 with probability `rate`, else value / (1 - rate); the identity when not training (`nn.Dropout`).
 * Shapes: any.
 */
export const dropout = layerKind({
  kind: 'dropout',
  fields: { rate: share('share of values that become 0') },
  output: (_spec, input) => input,
  tensors: () => ({}),
  work: (_spec, _input, output) => product(output),
  words: ({ rate }) => `dropout ${rate}`,
});
