import type { Mt19937State } from '../../base/mt19937.js';
import type { Evaluation } from '../network/network.js';
import type { OptimizerState } from '../optimizers/optimizer.js';
import type { MetricRow, Sums } from './observations/index.js';

/** Losses of the last minibatch of the last three epochs, the oldest first; NaN where there was none yet. */
export type LastLosses = readonly [number, number, number];

/** What has been seen of an epoch so far, and the row that waits to be emitted. */
export interface RecorderState {
  /** Over the samples or steps of the epoch so far. */
  readonly sums: Sums;
  /** The row of the last step, which waits for the next one. */
  readonly pending?: MetricRow;
  readonly evaluation: { readonly train?: Evaluation; readonly test?: Evaluation };
}

/** How a run ended by itself, and for one that diverged what first was not finite. */
export type TrainEnd =
  | { readonly status: 'finished' | 'converged' }
  | { readonly status: 'diverged'; readonly what: 'loss' | 'parameters' };

/**
 * Where a training run stands between two steps: all that the rest of it depends on besides its options, as plain data.
 */
export interface TrainState {
  /** The epoch of the next step; of the last one where the run has ended. Counts from 1. */
  readonly epoch: number;
  /** Steps taken, and those of them in this epoch. */
  readonly step: number;
  readonly batch: number;
  /** The generator of batch orders before it draws this epoch's. */
  readonly rng: Mt19937State;
  readonly losses: LastLosses;
  readonly recorder: RecorderState;
  /** Flat, in PyTorch's order. */
  readonly parameters: Float32Array<ArrayBuffer>;
  readonly optimizer: OptimizerState;
  /** Absent where steps follow. */
  readonly end?: TrainEnd;
}
