import type { Dataset } from '../base/dataset.js';
import { firstSamples, type Mnist } from '../data/index.js';
import type { NetworkSpec } from '../engine/network-spec.js';
import type { FinishedTrial } from '../tasks/finished-trial.js';
import type { MeasureName, MeasureSpec } from '../tasks/measurement-spec.js';
import { shapedFor, type TrialData, trialData } from '../tasks/trial-data.js';
import { networkOf } from '../tasks/trial-network.js';
import type { TrialSpec } from '../tasks/trial-spec.js';

export type MeasureOf<N extends MeasureName> = Extract<MeasureSpec, { name: N }>;

/** What a measure works with. */
export interface MeasureContext<N extends MeasureName> {
  readonly measure: MeasureOf<N>;
  /** In the order of the spec. */
  readonly trials: readonly FinishedTrial[];
  readonly seed: number;
  readonly loadMnist: () => Promise<Mnist>;
  /** Told the share done, in (0, 1]; may throw to end it. */
  readonly onProgress: (share: number) => void;
}

/** Numbers by name and columns by name, before those that are not finite become null. */
export interface RawResult {
  readonly values?: Readonly<Record<string, number>>;
  readonly columns?: Readonly<Record<string, ArrayLike<number>>>;
}

/** The network that a trial trained. */
export const networkSpecOf = ({ model }: Pick<TrialSpec, 'model'>): NetworkSpec => networkOf(model);

/** A trial's samples, shaped as its network reads them. */
export async function samplesOf(
  spec: Pick<TrialSpec, 'data' | 'model'>,
  loadMnist: () => Promise<Mnist>,
): Promise<TrialData> {
  const { input } = networkSpecOf(spec);
  const { train, test } = await trialData(spec, loadMnist);
  return { train: shapedFor(input, train), ...(test && { test: shapedFor(input, test) }) };
}

/** The first so many samples, or all where there are fewer. */
export function atMost(data: Dataset, samples: number): Dataset {
  return firstSamples(data, Math.min(samples, data.size));
}
