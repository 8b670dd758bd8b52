import type { Dataset } from '../../base/dataset.js';
import { Mt19937 } from '../../base/mt19937.js';
import type { InputKind } from '../layers/planned.js';
import { lossesByKind } from '../losses/index.js';
import type { LossName, NetworkSpec } from '../network-spec.js';
import { inferShapes, product } from '../shapes.js';

/** Made-up values from a seed: uniform in [-1, 1), float32. Shapes: [count] */
export function uniformValues(count: number, seed: number): Float32Array {
  const rng = new Mt19937(seed);
  return Float32Array.from({ length: count }, () => (rng.next() >>> 8) * 2 ** -23 - 1);
}

/**
 * Made-up samples that fit a network, as they come to the engine: bytes of which four in five are 0, or values; labels
 * or values to learn.
 *
 * Shapes: inputs [size][inputs], targets [size] labels or [size][outputs] values
 */
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
      lossesByKind[loss].targets === 'values'
        ? uniformValues(size * outputs, seed + 1)
        : Uint8Array.from({ length: size }, (_, i) => (i * 7) % outputs),
  };
}
