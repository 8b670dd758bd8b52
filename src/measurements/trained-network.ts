import type { DataSpec } from '../data/sources/index.js';
import type { LossName, NetworkSpec } from '../engine/network-spec.js';
import type { ParameterShape } from '../engine/shapes.js';

/** Parameters that were kept during training, read row by row so that they need not all be in memory. */
export interface KeptSnapshots {
  /** When each was taken. Shapes: [t] */
  readonly epochs: readonly number[];
  /** The tensors that a row holds, one after the other: of `width` numbers in all. */
  readonly tensors: readonly Pick<ParameterShape, 'name' | 'shape'>[];
  readonly width: number;
  /** Copies numbers `start` ... `start + target.length - 1` of one row. */
  read(row: number, start: number, target: Float32Array): void;
}

/** What a measurement is taken of. Shapes: parameters flat, in PyTorch's order. */
export interface TrainedNetwork {
  /** Of the trial that trained it. */
  readonly id: string;
  readonly network: NetworkSpec;
  readonly loss: LossName;
  /** What it was trained on. */
  readonly data: DataSpec;
  readonly parameters: Float32Array;
  readonly snapshots?: KeptSnapshots;
}
