import { SpecError } from '../base/errors.js';
import type { ActivationName, LayerSpec } from './layers/index.js';

export { defaultLeakySlope } from './layers/activations/leaky-relu.js';
export type { ActivationName, LayerSpec } from './layers/index.js';
export type { LossName } from './losses/index.js';

/** A network: the shape of one input sample ([features] or [channels, height, width]) and its layers in order. */
export interface NetworkSpec {
  readonly input: readonly number[];
  readonly layers: readonly LayerSpec[];
}

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
