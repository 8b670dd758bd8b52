import type { Dataset } from '../base/dataset.js';
import { UserError } from '../base/errors.js';
import { namedStream, sampleWithoutReplacement } from '../base/streams.js';
import { newLike } from './shared.js';

/**
 * `size` samples of a data set, drawn without replacement from the stream `subset` of the seed and kept in their order.
 * With one seed a smaller subset is contained in every larger one; all samples are the data set itself.
 *
 * Shapes: inputs [size, ...inputShape], targets [size, ...], in shared memory if the data set is.
 * @throws UserError if `size` is not a whole number from 1 to the data set's
 */
export function subset(dataset: Dataset, size: number, seed: number): Dataset {
  requireSize(dataset, size);
  if (size === dataset.size) return dataset;
  return samplesAt(dataset, draw(dataset, size, seed));
}

/**
 * The `size` samples that the same stream would draw next, after a subset of `after`: none of them is in it.
 *
 * Shapes: inputs [size, ...inputShape], targets [size, ...], in shared memory if the data set is.
 * @throws UserError if `after` and `size` together are not whole numbers from 1 to the data set's
 */
export function heldOut(
  dataset: Dataset,
  { after, size, seed }: { readonly after: number; readonly size: number; readonly seed: number },
): Dataset {
  requireSize(dataset, after + size);
  const taken = new Set(draw(dataset, after, seed));
  return samplesAt(
    dataset,
    draw(dataset, after + size, seed).filter((i) => !taken.has(i)),
  );
}

const draw = ({ size }: Dataset, count: number, seed: number): Int32Array =>
  sampleWithoutReplacement(namedStream('subset', seed), size, count);

const samplesAt = (dataset: Dataset, chosen: Int32Array): Dataset => ({
  ...dataset,
  size: chosen.length,
  inputs: takeRows(dataset.inputs, dataset.size, chosen),
  targets: takeRows(dataset.targets, dataset.size, chosen),
});

/**
 * The first `size` samples of a data set, as views of its arrays.
 *
 * Shapes: inputs [size, ...inputShape], targets [size, ...].
 * @throws UserError if `size` is not a whole number from 1 to the data set's
 */
export function firstSamples(dataset: Dataset, size: number): Dataset {
  requireSize(dataset, size);
  const head = <T extends Uint8Array | Float32Array>(values: T) =>
    values.subarray(0, (values.length / dataset.size) * size) as T;
  return { ...dataset, size, inputs: head(dataset.inputs), targets: head(dataset.targets) };
}

function requireSize({ name, size: available }: Dataset, size: number): void {
  if (!Number.isInteger(size) || size < 1 || size > available) {
    throw new UserError(`size of a part of ${name}: expected a whole number from 1 to ${available}, got ${size}`);
  }
}

/** Some rows of a table, in the order given. Shapes: values [rows, width], result [chosen.length, width] */
export function takeRows<T extends Uint8Array | Float32Array>(values: T, rows: number, chosen: Int32Array): T {
  const width = values.length / rows;
  const taken = newLike(values, chosen.length * width);
  chosen.forEach((row, i) => {
    taken.set(values.subarray(row * width, (row + 1) * width), i * width);
  });
  return taken;
}
