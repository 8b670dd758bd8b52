import type { Dataset } from '../../src/base/dataset.js';
import type { InputKind } from '../../src/engine/layers/planned.js';
import type { LossName, NetworkSpec } from '../../src/engine/network-spec.js';
import { inferShapes, product } from '../../src/engine/shapes.js';
import { uniformValues } from './random.js';

/** Samples that fit a network, as they come to the engine: bytes of which four in five are 0, or values; labels or values to learn. */
export function samplesFor(
  network: NetworkSpec,
  loss: LossName,
  inputs: InputKind,
  size: number,
  seed: number,
): Dataset {
  const outputs = product(inferShapes(network).at(-1)!.output);
  const draws = uniformValues(size * product(network.input), seed);
  return {
    name: 'samples',
    size,
    inputShape: network.input,
    inputs: inputs === 'floats' ? draws : Uint8Array.from(draws, (v) => (v > 0.6 ? Math.floor(v * 255) : 0)),
    targets:
      loss === 'mse'
        ? uniformValues(size * outputs, seed + 1)
        : Uint8Array.from({ length: size }, (_, i) => (i * 7) % outputs),
  };
}
