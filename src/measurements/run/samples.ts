import type { Dataset } from '../../base/dataset.js';
import { firstSamples, type Mnist } from '../../data/index.js';
import { loadData, shapedFor } from '../../data/sources/index.js';
import type { DataSets } from '../../data/sources/source.js';
import type { TrainedNetwork } from '../trained-network.js';

/** The samples that a network was trained on and those that it is tested on, shaped as it reads them. */
export async function samplesOf(
  { network: { input }, data }: Pick<TrainedNetwork, 'network' | 'data'>,
  loadMnist: () => Promise<Mnist>,
): Promise<DataSets> {
  const { train, test } = await loadData(data, loadMnist);
  return { train: shapedFor(input, train), ...(test && { test: shapedFor(input, test) }) };
}

/** The first so many samples, or all where there are fewer. */
export function atMost(data: Dataset, samples: number): Dataset {
  return firstSamples(data, Math.min(samples, data.size));
}
