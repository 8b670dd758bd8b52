import type { Dataset } from '../../base/dataset.js';
import type { LossName, NetworkSpec } from '../network-spec.js';
import type { EditSpec } from './edits.js';
import type { CurvatureProbe, MetricRow, ObserveSpec } from './observations/index.js';
import type { OptimizerSpec, StopSpec } from './spec.js';
import type { TrainState } from './state.js';

/** What a trainer trains: how, on what, and what it observes meanwhile. */
export interface TrainerOptions {
  readonly network: NetworkSpec;
  readonly loss: LossName;
  readonly optimizer: OptimizerSpec;
  /**
   * A size larger than the data set means one batch of all samples, shuffled; `full` means all samples in their own
   * order.
   */
  readonly batchSize: number | 'full';
  readonly stop: StopSpec;
  /** Changes on the way, each made once, before its step is taken. */
  readonly edits?: readonly EditSpec[];
  /** As `torch.manual_seed(seed)`; initial parameters and batch order follow from it. */
  readonly seed: number;
  /** 32-bit draws to pass over before the initial parameters: those of networks built before. Default 0. */
  readonly skip?: number;
  /**
   * Makes the initial parameters of the drawn ones, which it may change in place. Default: as drawn.
   * The batches are the same either way. Shapes: flat, in PyTorch's order
   */
  readonly initial?: (drawn: Float32Array<ArrayBuffer>) => Float32Array;
  readonly data: Dataset;
  readonly test?: Dataset;
  readonly observe?: ObserveSpec;
  /** What computes `observe.lambdaMax` of a batch of all samples: the engine has the products, not the method. */
  readonly curvatureProbe?: CurvatureProbe;
  /** Listens to `observe.snapshots`: the chosen tensors after an epoch (0: before the first), one after the other. */
  readonly onSnapshot?: (epoch: number, values: Float32Array) => void;
  /** Listens to rows of observations; that of a step is emitted when the next one is taken, or the run ends. */
  readonly onRow?: (row: MetricRow) => void;
  /** Listens after every step; costs what the caller makes of it, so a caller that draws should do so by the clock. */
  readonly onProgress?: (progress: TrainProgress) => void;
  /** Resumes here; `skip` and `initial` play no part, and rows that were emitted before are not emitted again. */
  readonly from?: TrainState;
}

/** One training run. */
export interface TrainOptions extends TrainerOptions {
  /** Asked before every step; true ends the run with status `stopped`. */
  readonly shouldStop?: () => boolean;
  /** Asked before every step: whether `onCheckpoint` is due. */
  readonly checkpointDue?: () => boolean;
  /**
   * Listens to where the run stands when that is due, and when it is stopped. A run of the same options `from` there
   * ends with the same bits.
   */
  readonly onCheckpoint?: (state: TrainState) => void;
}

/** Steps taken so far, of at most `steps`. */
export interface TrainProgress {
  readonly epoch: number;
  readonly step: number;
  readonly steps: number;
}
