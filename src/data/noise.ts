import type { Dataset } from '../base/dataset.js';
import { normalVector } from '../base/normal-vector.js';
import { namedStream } from '../base/streams.js';

/**
 * A data set whose values have normal noise of a standard deviation, from the stream `noise` of the seed: more noise
 * moves each value further the same way. Rounded once.
 * Shapes: targets [size, outputs]
 */
export function withNoise(
  dataset: Dataset,
  { noise, seed }: { readonly noise: number; readonly seed: number },
): Dataset {
  const normals = normalVector(namedStream('noise', seed), dataset.targets.length);
  const targets = Float32Array.from(dataset.targets, (value, i) => value + noise * normals[i]!);
  return { ...dataset, targets };
}
