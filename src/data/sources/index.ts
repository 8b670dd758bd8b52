import { completedKind } from '../../base/complete.js';
import type { Dataset } from '../../base/dataset.js';
import type { CompleteKindSpec, KindSpec } from '../../base/fields.js';
import type { Mnist } from '../mnist.js';
import { formulaSource } from './formula.js';
import { functionSource } from './function.js';
import { mnistSource } from './mnist.js';
import { planeSource } from './plane.js';
import type { DataSets, DataShape, DataSizes, DataSource } from './source.js';
import { tableSource } from './table.js';

/** Every kind of data that a spec can name. */
export const dataSources = [functionSource, tableSource, mnistSource, planeSource, formulaSource] as const;

/** Which samples. */
export type DataSpec = KindSpec<(typeof dataSources)[number]>;
/** The same with every default written out. */
export type CompleteData = CompleteKindSpec<(typeof dataSources)[number]>;

/** Data that was completed before: arms of a plan share theirs. */
const completed = new WeakMap<DataSpec, CompleteData>();

/** Data with every default written out. */
export function completeData(data: DataSpec): CompleteData {
  const complete = completed.get(data) ?? completedKind(dataSources, data);
  completed.set(data, complete);
  return complete;
}

const sourceOf = ({ kind }: DataSpec): DataSource => dataSources.find((source) => source.kind === kind) as DataSource;

/** How many samples data has. */
export const dataSizes = (data: DataSpec): DataSizes => sourceOf(data).sizes({ ...completeData(data) });

/** What data feeds to a network and asks of it. */
export const dataShape = (data: DataSpec): DataShape => sourceOf(data).shape({ ...completeData(data) });

/** What names the samples besides their spec. */
export const dataDigest = (data: DataSpec): object => sourceOf(data).digest();

/** @throws SpecError if fields that are each right do not fit together */
export const checkData = (data: DataSpec): void => sourceOf(data).check?.({ ...completeData(data) });

/** Whether making the samples reads MNIST. */
export const readsMnist = (data: DataSpec): boolean => sourceOf(data).readsMnist;

/** Makes the samples that data stands for; `loadMnist` is called only where MNIST is asked for. */
export const loadData = (data: DataSpec, loadMnist: () => Promise<Mnist>): Promise<DataSets> =>
  sourceOf(data).load({ ...completeData(data) }, loadMnist);

/** Data as a network reads it: a flat network reads an image as its pixels in a row. */
export const shapedFor = (inputShape: readonly number[], data: Dataset): Dataset => ({ ...data, inputShape });
