import { byDefault, count, type KindSpec, kindOf, list, share, word } from '../base/fields.js';
import { type ActivationName, defaultLeakySlope, mlp, type NetworkSpec } from './network-spec.js';

const mostLayers = 1000;

/** Layers that a spec can name. */
export const layerKinds = [
  { kind: 'linear', fields: { features: count('outputs') } },
  { kind: 'conv2d', fields: { channels: count('channels out'), kernel: count('side of the square kernel') } },
  { kind: 'maxPool2d', fields: { size: count('side of the square, and the stride') } },
  { kind: 'relu', fields: {} },
  { kind: 'leakyRelu', fields: { slope: byDefault(share('slope below 0'), defaultLeakySlope) } },
  { kind: 'tanh', fields: {} },
  { kind: 'dropout', fields: { rate: share('share of the values that are dropped') } },
  { kind: 'flatten', fields: {} },
] as const;

const activations = ['relu', 'leakyRelu', 'tanh'] as const satisfies readonly ActivationName[];

/** The forms in which a spec names a network. */
export const modelKinds = [
  {
    kind: 'mlp',
    fields: {
      widths: list('widths of the linear layers, the input first', count('a width'), 'widths', { most: mostLayers }),
      activation: word('between them', activations),
    },
  },
  {
    kind: 'layers',
    fields: {
      input: list('shape of one sample', count('a size'), 'sizes'),
      layers: list(
        'the layers in order',
        kindOf('a layer', () => layerKinds),
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
