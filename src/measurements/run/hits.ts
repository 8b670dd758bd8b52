import { UserError } from '../../base/errors.js';
import { lead, twoWayInterval } from '../../base/statistics/two-way-interval.js';
import { namedStream } from '../../base/streams.js';
import type { MeasureContext, RawResult } from '../measurement.js';
import { rightOnes } from './right-ones.js';

interface HitsOptions {
  readonly networks: number;
  readonly draws: number;
}

/** Which test images networks have right, and how far the first is ahead if seeds and images are drawn again. */
export async function measureHits(context: MeasureContext<HitsOptions>): Promise<RawResult> {
  const { measure, networks, seed, loadMnist, onProgress } = context;
  if (networks.length % measure.networks !== 0) {
    throw new UserError(
      `hits: expected as many trials of each of ${measure.networks} networks, got ${networks.length} in all`,
    );
  }
  const right: Uint8Array[] = [];
  for (const network of networks) {
    right.push(await rightOnes('hits', network, loadMnist));
    onProgress((0.5 * right.length) / networks.length);
  }
  const images = right[0]!.length;
  const other = right.find(({ length }) => length !== images);
  if (other) throw new UserError(`hits: expected trials with one test set, got ${images} and ${other.length} images`);
  const units = networks.length / measure.networks;
  const hits = Array.from({ length: measure.networks }, (_, k) => right.slice(k * units, (k + 1) * units));
  const all = Array.from({ length: units }, (_, unit) => unit);
  const interval = twoWayInterval(hits, { draws: measure.draws, rng: namedStream('hits', seed) });
  const total = (of: readonly Uint8Array[]) =>
    Array.from({ length: images }, (_, i) => of.reduce((sum, unit) => sum + unit[i]!, 0));
  return {
    values: { lead: lead(hits, all), low: interval.low, high: interval.high, images, seeds: units },
    columns: {
      image: Array.from({ length: images }, (_, i) => i),
      ...Object.fromEntries(hits.map((of, k) => [`hits${k + 1}`, total(of)])),
    },
  };
}
