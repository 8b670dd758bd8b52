import type { Dataset } from '../../base/dataset.js';
import { UserError } from '../../base/errors.js';
import type { Mnist } from '../../data/index.js';
import { predict } from '../../engine/index.js';
import type { MeasureContext, RawResult } from '../measurement.js';
import type { TrainedNetwork } from '../trained-network.js';
import { samplesOf } from './samples.js';

/** On how many test images two classifiers are both right, either alone, or neither: what McNemar's test compares. */
export async function measurePredictions({ networks, loadMnist }: MeasureContext<object>): Promise<RawResult> {
  const [first, second] = [await rightOnes(networks[0]!, loadMnist), await rightOnes(networks[1]!, loadMnist)];
  if (first.length !== second.length) {
    throw new UserError(
      `predictions: expected trials with one test set, got ${first.length} and ${second.length} images`,
    );
  }
  const count = (a: boolean, b: boolean): number => first.filter((right, i) => right === a && second[i] === b).length;
  return {
    values: {
      bothRight: count(true, true),
      onlyFirstRight: count(true, false),
      onlySecondRight: count(false, true),
      bothWrong: count(false, false),
    },
  };
}

async function rightOnes(trained: TrainedNetwork, loadMnist: () => Promise<Mnist>): Promise<readonly boolean[]> {
  const { test } = await samplesOf(trained, loadMnist);
  if (test === undefined)
    throw new UserError(`predictions: expected trials with a test set, got ${trained.data.kind} data`);
  return correctOnes(await predict(trained.network, trained.parameters, test), test);
}

/** The class is that of the largest output, of equal ones the first. */
function correctOnes(outputs: Float32Array, { size, targets }: Dataset): readonly boolean[] {
  const classes = outputs.length / size;
  return Array.from({ length: size }, (_, i) => {
    const logits = outputs.subarray(i * classes, (i + 1) * classes);
    return logits.indexOf(logits.reduce((largest, value) => Math.max(largest, value), -Infinity)) === targets[i];
  });
}
