import { mlp, type NetworkSpec } from '../engine/network-spec.js';
import type { ModelSpec } from './trial-spec.js';

/** The network that a trial's `model` stands for. */
export function networkOf(model: ModelSpec): NetworkSpec {
  return model.kind === 'mlp' ? mlp(model.widths, model.activation) : { input: model.input, layers: model.layers };
}
