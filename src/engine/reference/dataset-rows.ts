import type { Dataset } from '../../base/dataset.js';
import { product } from '../layers/shape.js';
import type { Batch } from './network.js';

/**
 * Some samples of a data set as the reference takes them, with the very numbers that a network in float32 sees (bytes
 * become float32(byte / 255)).
 *
 * Shapes: inputs [n, product(inputShape)]; targets [n] labels, or [n, outputs] values.
 * @throws RangeError if an index is not that of a sample
 */
export function datasetRows(dataset: Dataset, indices: ArrayLike<number>): Batch {
  const { inputs, targets, inputShape, size } = dataset;
  const inputRows = rows(inputs, product(inputShape), indices, size);
  return {
    inputs: inputs instanceof Uint8Array ? inputRows.map((byte) => Math.fround(byte / 255)) : inputRows,
    targets: rows(targets, targets.length / size, indices, size),
  };
}

function rows(source: ArrayLike<number>, width: number, indices: ArrayLike<number>, size: number): Float64Array {
  const result = new Float64Array(indices.length * width);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    if (!(index >= 0 && index < size)) {
      throw new RangeError(`sample: expected an index from 0 to ${size - 1}, got ${index}`);
    }
    for (let k = 0; k < width; k++) result[i * width + k] = source[index * width + k]!;
  }
  return result;
}
