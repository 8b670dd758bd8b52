/** How parameters move. Defaults are PyTorch's; `weightDecay` is L2 in the gradient for sgd and adam, decoupled for adamW. */
export type OptimizerSpec =
  | {
      readonly kind: 'sgd';
      readonly learningRate: number;
      readonly momentum?: number;
      readonly weightDecay?: number;
    }
  | {
      readonly kind: 'adam' | 'adamW';
      readonly learningRate: number;
      readonly betas?: readonly [number, number];
      readonly epsilon?: number;
      /** Default 0 for adam, 0.01 for adamW. */
      readonly weightDecay?: number;
    };

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
}

/** Why training ended. A diverged run is an outcome, not an error; `stopped` means that the caller asked it to. */
export type TrainStatus = 'finished' | 'converged' | 'diverged' | 'stopped';
