import type { Dataset } from '../../base/dataset.js';
import { UserError } from '../../base/errors.js';
import type { Mnist } from '../../data/index.js';
import { predict } from '../../engine/index.js';
import type { TrainedNetwork } from '../trained-network.js';
import { samplesOf } from './samples.js';

/**
 * Which test samples a classifier has right, a 1 or a 0 each, dropout off. Shapes: [samples]
 * @throws UserError if its data has no test set
 */
export async function rightOnes(
  measurement: string,
  trained: TrainedNetwork,
  loadMnist: () => Promise<Mnist>,
): Promise<Uint8Array> {
  const { test } = await samplesOf(trained, loadMnist);
  if (test === undefined)
    throw new UserError(`${measurement}: expected trials with a test set, got ${trained.data.kind} data`);
  return correctOnes(await predict(trained.network, trained.parameters, test), test);
}

/** The class is that of the largest output, of equal ones the first. */
function correctOnes(outputs: Float32Array, { size, targets }: Dataset): Uint8Array {
  const classes = outputs.length / size;
  return Uint8Array.from({ length: size }, (_, i) => {
    const logits = outputs.subarray(i * classes, (i + 1) * classes);
    const largest = logits.reduce((best, value) => Math.max(best, value), -Infinity);
    return logits.indexOf(largest) === targets[i] ? 1 : 0;
  });
}
