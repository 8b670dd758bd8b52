import type { Mt19937State } from '../../base/mt19937.js';
import type { Evaluation } from '../network/network.js';
import type { OptimizerState } from '../optimizers/optimizer.js';
import type { MetricRow } from './observations/index.js';

/** Losses of the last minibatch of the last three epochs, the oldest first; NaN where there was none yet. */
export type LastLosses = readonly [number, number, number];

/** What has been seen of an epoch so far, and what waits to be told. */
export interface RecorderState {
  /** Sums over the samples of the epoch so far. */
  readonly lossSum: number;
  readonly correctSum: number;
  readonly seen: number;
  /** Sum over the steps of the epoch so far. */
  readonly tensorNormSum: number;
  readonly steps: number;
  /** The row of the last step, which waits for the next one. */
  readonly pending?: MetricRow;
  readonly evaluation: { readonly train?: Evaluation; readonly test?: Evaluation };
}

/** Where a training run stands between two steps: all that the rest of it depends on besides its options, as plain data. */
export interface TrainState {
  /** Epochs begun. */
  readonly epoch: number;
  /** Steps taken, and those of them in this epoch. */
  readonly step: number;
  readonly batch: number;
  /** The generator of batch orders before it drew this epoch's. */
  readonly rng: Mt19937State;
  readonly losses: LastLosses;
  readonly recorder: RecorderState;
  /** Flat, in PyTorch's order. */
  readonly parameters: Float32Array<ArrayBuffer>;
  readonly optimizer: OptimizerState;
}
