import type { Dataset } from '../../base/dataset.js';
import type { CompleteOf, Fields, Kind } from '../../base/fields.js';
import type { Mnist } from '../mnist.js';

/** What a network is trained on, and tested on where there is something to test on. */
export interface DataSets {
  readonly train: Dataset;
  readonly test?: Dataset;
}

/** How many samples there are of each. */
export interface DataSizes {
  readonly train: number;
  readonly test: number;
}

/** What the samples feed to a network and ask of it. */
export interface DataShape {
  readonly input: readonly number[];
  /** Bytes are read as shares of 255. */
  readonly inputs: 'bytes' | 'floats';
  readonly outputs: number;
  readonly targets: 'labels' | 'values';
}

/** One kind of data: the fields of its spec, and what is known of the samples that a spec stands for. */
export interface DataSource<K extends string = string, F extends Fields = Fields> extends Kind<K, F> {
  sizes(data: CompleteOf<F>): DataSizes;
  shape(data: CompleteOf<F>): DataShape;
  /** What names the samples besides the spec: a revision of what makes them, the checksums of files. */
  digest(): object;
  /** @throws SpecError if fields that are each right do not fit together */
  check?(data: CompleteOf<F>): void;
  /** Whether `load` calls `loadMnist`: who starts workers loads MNIST once for all of them. */
  readonly readsMnist: boolean;
  /** Makes the samples. */
  load(data: CompleteOf<F>, loadMnist: () => Promise<Mnist>): Promise<DataSets>;
}

/** Defines a kind of data. */
export const defineSource = <const K extends string, F extends Fields>(source: DataSource<K, F>): DataSource<K, F> =>
  source;

/**
 * Raised whenever the code that makes samples (functions, subsets, random labels) makes other ones of the same spec.
 */
export const dataRevision = 1;
