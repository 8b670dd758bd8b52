import type { Dataset } from '../base/dataset.js';
import { UserError } from '../base/errors.js';
import { namedStream, sampleWithoutReplacement } from '../base/streams.js';
import { takeRows } from './subset.js';

/** How many samples are kept apart, and by which draws. */
export interface Split {
  readonly size: number;
  readonly seed: number;
}

/**
 * A data set in two: `size` samples, drawn without replacement from the stream `split` of the seed, are for testing.
 * Both parts keep their order.
 *
 * Shapes: test inputs [size, ...inputShape], train inputs [dataset.size - size, ...inputShape], targets alike.
 * @throws UserError if no sample would be left to train on, or to test on
 */
export function split(dataset: Dataset, { size, seed }: Split): { readonly train: Dataset; readonly test: Dataset } {
  const { size: all, inputs, targets } = dataset;
  if (!Number.isInteger(size) || size < 1 || size >= all) {
    throw new UserError(
      `test part of ${dataset.name}: expected a whole number from 1 to ${all - 1} samples, got ${size}`,
    );
  }
  const tested = sampleWithoutReplacement(namedStream('split', seed), all, size);
  const isTested = new Uint8Array(all);
  for (const i of tested) isTested[i] = 1;
  const trained = Int32Array.from({ length: all }, (_, i) => i).filter((i) => isTested[i] === 0);
  const part = (rows: Int32Array): Dataset => ({
    ...dataset,
    size: rows.length,
    inputs: takeRows(inputs, all, rows),
    targets: takeRows(targets, all, rows),
  });
  return { train: part(trained), test: part(tested) };
}
