import type { Dataset } from '../../src/base/dataset.js';
import type { DataSets } from '../../src/data/sources/source.js';
import { product } from '../../src/engine/shapes.js';
import { digitsShown, type SampleFacts } from './protocol.js';

/** Points that are drawn, at most. */
const mostDrawn = 2000;

/** What the page draws of some samples. */
export function sampleFacts({ train, test }: DataSets): SampleFacts {
  const width = product(train.inputShape);
  const labelled = train.targets instanceof Uint8Array;
  const images = train.inputs instanceof Uint8Array;
  return {
    size: train.size,
    testSize: test?.size ?? 0,
    width,
    outputs: labelled ? 1 + greatest(train.targets) : train.targets.length / train.size,
    labelled,
    ...(!images && { train: points(train) }),
    ...(!images && test && { test: points(test) }),
    ...(images && test && { digits: digits(test) }),
  };
}

const greatest = (labels: Dataset['targets']): number => {
  let most = 0;
  for (const label of labels) most = Math.max(most, label);
  return most;
};

function points({ inputs, targets, size }: Dataset) {
  const drawn = Math.min(size, mostDrawn);
  const head = (values: Dataset['inputs']): Float32Array =>
    Float32Array.from(values.subarray(0, (values.length / size) * drawn));
  return { inputs: head(inputs), targets: head(targets) };
}

function digits({ inputs, targets, size }: Dataset) {
  const shown = Math.min(size, digitsShown);
  return {
    pixels: Uint8Array.from(inputs.subarray(0, (inputs.length / size) * shown)),
    labels: Uint8Array.from(targets.subarray(0, shown)),
  };
}
