import { count, type KindSpec, kindOf, list, word, words } from '../base/fields.js';
import { activations, layers } from './layers/index.js';
import { mlp, type NetworkSpec } from './network-spec.js';

const mostLayers = 1000;

/** The forms in which a spec names a network. */
export const modelKinds = [
  {
    kind: 'mlp',
    fields: {
      widths: list('widths of the linear layers, the input first', count('a width'), 'widths', { most: mostLayers }),
      activation: word('between them', words(activations)),
    },
  },
  {
    kind: 'layers',
    fields: {
      input: list('shape of one sample', count('a size'), 'sizes'),
      layers: list(
        'the layers in order',
        kindOf('a layer', () => layers),
        'layers',
        { most: mostLayers },
      ),
    },
  },
] as const;

/** Which network: a multilayer perceptron by its widths, or its layers one by one. */
export type ModelSpec = KindSpec<(typeof modelKinds)[number]>;

/** The network that a model stands for. */
export function networkOf(model: ModelSpec): NetworkSpec {
  return model.kind === 'mlp' ? mlp(model.widths, model.activation) : { input: model.input, layers: model.layers };
}
