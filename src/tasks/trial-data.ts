import type { Dataset } from '../base/dataset.js';
import { firstSamples, functionDataset, type Mnist, mnistFiles, randomizeLabels, subset } from '../data/index.js';
import { type CompleteTrial, withDataDefaults } from './defaults.js';
import type { DataSpec, TrialSpec } from './trial-spec.js';

/** Raised whenever the code that makes samples (functions, subsets, random labels) makes other ones of the same spec. */
const dataRevision = 1;

/** What a trial trains on, and is tested on where there is something to test on. */
export interface TrialData {
  readonly train: Dataset;
  readonly test?: Dataset;
}

/** Makes the samples that a trial's `data` stands for; `loadMnist` is called only where MNIST is asked for. */
export async function trialData(spec: Pick<TrialSpec, 'data'>, loadMnist: () => Promise<Mnist>): Promise<TrialData> {
  const data = withDataDefaults(spec.data);
  switch (data.kind) {
    case 'function':
      return { train: functionDataset(data.name, { points: data.points }) };
    case 'table':
      return { train: tableDataset(data.inputs, data.targets) };
    case 'mnist':
      return mnistData(data, await loadMnist());
  }
}

/** A flat network reads an image as its pixels in a row. */
export function shapedFor(inputShape: readonly number[], data: Dataset): Dataset {
  return { ...data, inputShape };
}

/** What names a trial's samples besides its spec: the official MD5s of MNIST's files, or the revision of what makes them. */
export function dataDigest(data: DataSpec): object {
  switch (data.kind) {
    case 'function':
      return { revision: dataRevision };
    case 'table':
      return {};
    case 'mnist':
      return { revision: dataRevision, md5: Object.values(mnistFiles).map((file) => file.md5) };
  }
}

function tableDataset(inputs: readonly (readonly number[])[], targets: readonly (readonly number[])[]): Dataset {
  return {
    name: 'table',
    size: inputs.length,
    inputShape: [inputs[0]?.length ?? 0],
    inputs: Float32Array.from(inputs.flat()),
    targets: Float32Array.from(targets.flat()),
  };
}

function mnistData(data: Extract<CompleteTrial['data'], { kind: 'mnist' }>, mnist: Mnist): TrialData {
  const train = subset(mnist.train, data.trainSize, data.subsetSeed);
  const targets = data.randomLabels ? randomizeLabels(train.targets as Uint8Array, data.randomLabels) : train.targets;
  return { train: { ...train, targets }, test: firstSamples(mnist.test, data.testSize) };
}
