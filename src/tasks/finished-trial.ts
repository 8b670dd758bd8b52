import type { ParameterShape } from '../engine/shapes.js';
import type { TrialSpec } from './trial-spec.js';

/** Parameters that a trial kept while it trained, read row by row so that they need not all be in memory. */
export interface TrialSnapshots {
  /** When each was taken. Shapes: [t] */
  readonly epochs: readonly number[];
  /** The tensors that a row holds, one after the other: of `width` numbers in all. */
  readonly tensors: readonly Pick<ParameterShape, 'name' | 'shape'>[];
  readonly width: number;
  /** Copies numbers `start` ... `start + target.length - 1` of one row. */
  read(row: number, start: number, target: Float32Array): void;
}

/** What other tasks may take from a trial that has ended. Shapes: parameters flat, in PyTorch's order. */
export interface FinishedTrial {
  readonly id: string;
  readonly spec: TrialSpec;
  readonly parameters: Float32Array;
  readonly snapshots?: TrialSnapshots;
}

/** Gives a finished trial by its id. @throws UserError if there is none */
export type LoadTrial = (id: string) => Promise<FinishedTrial>;
