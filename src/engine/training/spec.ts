export type { OptimizerSpec } from '../optimizers/index.js';

/** When training ends: after `epochs`, or earlier by the report's rule for having converged (docs/definitions.md#converged). */
export interface StopSpec {
  readonly epochs: number;
  readonly converged?: { readonly below: number; readonly change: number };
}

/** Once a step (before the step is taken) or once an epoch (at its end). */
export type Cadence = 'step' | 'epoch';
/** Once an epoch, or once after the last epoch. */
export type EvaluationCadence = 'epoch' | 'end';

/** What is recorded while training; what is left out is not computed. Definitions: docs/definitions.md. */
export interface ObserveSpec {
  /** `loss`: of the minibatch before the step, or its mean over the epoch's samples. */
  readonly loss?: Cadence;
  /** `lastBatchLoss`: the loss of the epoch's last minibatch, as notebooks often quote it. */
  readonly lastBatchLoss?: 'epoch';
  /** `gradNorm`: L2 norm over all parameters of the gradient of the minibatch's data loss; by epoch: that of the last minibatch. */
  readonly gradNorm?: Cadence;
  /** `accuracy`: share of training samples that the network had right when it met them (running; dropout active). */
  readonly accuracy?: Cadence;
  /** `trainLoss`, `trainAccuracy`: the whole training set, dropout off. */
  readonly train?: EvaluationCadence;
  /** `testLoss`, `testAccuracy`: the whole test set, dropout off. */
  readonly test?: EvaluationCadence;
  /** `tensorGradNorm`: mean over the epoch's steps of the mean over parameter tensors of the L2 norm of the minibatch's gradient. */
  readonly tensorGradNorm?: 'epoch';
  /** `lambdaMax`, `preconditionedLambdaMax`: largest eigenvalue of the Hessian of the loss on all training samples, plain and as Adam sees it, before every so many steps. */
  readonly lambdaMax?: { readonly every: number };
  /** Parameters that are kept after every so many epochs. They are no metric: they lie beside the result. */
  readonly snapshots?: SnapshotSpec;
}

/** Which parameters are kept, and when. */
export interface SnapshotSpec {
  /** In epochs: kept after the epochs `every`, 2 `every`, ... */
  readonly every: number;
  /** Names of tensors are as PyTorch's, e.g. `2.weight`. */
  readonly parameters: 'all' | 'weights' | readonly string[];
  /** Whether the initial parameters are kept as well, as those of epoch 0. Default false. */
  readonly initial?: boolean;
}

/** One row of observations. `epoch` and `step` count from 1; `step` counts through all epochs. Absent fields were not observed there. */
export interface MetricRow {
  readonly epoch: number;
  readonly step: number;
  readonly loss?: number;
  readonly lastBatchLoss?: number;
  readonly gradNorm?: number;
  readonly accuracy?: number;
  readonly trainLoss?: number;
  readonly trainAccuracy?: number;
  readonly testLoss?: number;
  readonly testAccuracy?: number;
  readonly tensorGradNorm?: number;
  readonly lambdaMax?: number;
  readonly preconditionedLambdaMax?: number;
}

/** Why training ended. A diverged run is an outcome, not an error; `stopped` means that the caller asked it to. */
export type TrainStatus = 'finished' | 'converged' | 'diverged' | 'stopped';
