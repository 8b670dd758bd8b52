import { networkOf } from '../engine/model-spec.js';
import type { KeptSnapshots, TrainedNetwork } from '../measurements/trained-network.js';
import type { TrialSpec } from './trial-spec.js';

/** What other tasks may take from a trial that has ended. Shapes: parameters flat, in PyTorch's order. */
export interface FinishedTrial {
  readonly id: string;
  readonly spec: TrialSpec;
  readonly parameters: Float32Array;
  readonly snapshots?: KeptSnapshots;
}

/** Finds a finished trial by its id. @throws UserError if there is none */
export type LoadTrial = (id: string) => Promise<FinishedTrial>;

/** A finished trial as measurements take it. */
export function trainedNetwork({ spec, ...rest }: FinishedTrial): TrainedNetwork {
  return { ...rest, network: networkOf(spec.model), loss: spec.loss, data: spec.data };
}
