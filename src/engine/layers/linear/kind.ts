import { SpecError } from '../../../base/errors.js';
import { byDefault, count, flag } from '../../../base/fields.js';
import { layerKind } from '../kind.js';
import { product } from '../shape.js';

/** z = W x + b, or W x (`nn.Linear`). Shapes: x [inputs], z [features]; W [features, inputs], b [features]. */
export const linear = layerKind({
  kind: 'linear',
  fields: { features: count('outputs'), bias: byDefault(flag('whether there is a bias'), true) },
  output({ features }, input, at) {
    if (input.length !== 1) {
      throw new SpecError(
        at,
        `expected a flat input for linear, got [${input.join(', ')}]; put a flatten layer before it`,
      );
    }
    return [features];
  },
  tensors({ features, bias = true }, [inputs = 0]) {
    return {
      weight: { shape: [features, inputs], fanIn: inputs },
      bias: bias ? { shape: [features], fanIn: inputs } : undefined,
    };
  },
  work: (_spec, input, output) => product(input) * product(output),
  words: ({ features, bias = true }) => (bias ? `linear ${features}` : `linear ${features} without bias`),
});
