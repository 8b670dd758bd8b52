import { SpecError } from '../base/errors.js';

/** One layer of a network, as data. Kernels are square, strides are 1 for conv2d (valid padding) and `size` for maxPool2d. */
export type LayerSpec =
  | { readonly kind: 'linear'; readonly features: number }
  | { readonly kind: 'conv2d'; readonly channels: number; readonly kernel: number }
  | { readonly kind: 'maxPool2d'; readonly size: number }
  | { readonly kind: 'relu' }
  | { readonly kind: 'leakyRelu'; readonly slope?: number }
  | { readonly kind: 'tanh' }
  | { readonly kind: 'dropout'; readonly rate: number }
  | { readonly kind: 'flatten' };

/** A network: the shape of one input sample ([features] or [channels, height, width]) and its layers in order. */
export interface NetworkSpec {
  readonly input: readonly number[];
  readonly layers: readonly LayerSpec[];
}

export type LossName = 'mse' | 'crossEntropy';
export type ActivationName = 'relu' | 'leakyRelu' | 'tanh';

/** PyTorch's default slope of `leaky_relu`. */
export const defaultLeakySlope = 0.01;

/** A multilayer perceptron: linear layers of the given widths with an activation between them (none after the last). */
export function mlp(widths: readonly number[], activation: ActivationName): NetworkSpec {
  const [inputs, ...features] = widths;
  if (inputs === undefined || features.length === 0) {
    throw new SpecError('widths', `expected at least two widths, got [${widths.join(', ')}]`);
  }
  const layers = features.flatMap((width, i): LayerSpec[] =>
    i === 0 ? [{ kind: 'linear', features: width }] : [{ kind: activation }, { kind: 'linear', features: width }],
  );
  return { input: [inputs], layers };
}
