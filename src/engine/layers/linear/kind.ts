import { SpecError } from '../../../base/errors.js';
import { count } from '../../../base/fields.js';
import { layerKind } from '../kind.js';
import { product } from '../shape.js';

/** z = W x + b (`nn.Linear`). Shapes: x [inputs], z [features]; W [features, inputs], b [features]. */
export const linear = layerKind({
  kind: 'linear',
  fields: { features: count('outputs') },
  output({ features }, input, at) {
    if (input.length !== 1) {
      throw new SpecError(
        at,
        `expected a flat input for linear, got [${input.join(', ')}]; put a flatten layer before it`,
      );
    }
    return [features];
  },
  tensors({ features }, [inputs = 0]) {
    return { weight: { shape: [features, inputs], fanIn: inputs }, bias: { shape: [features], fanIn: inputs } };
  },
  work: (_spec, input, output) => product(input) * product(output),
  words: ({ features }) => `linear ${features}`,
});
