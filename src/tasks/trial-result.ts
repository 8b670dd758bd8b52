import type { Evaluation, ParameterShape } from '../engine/index.js';
import type { TrainStatus } from '../engine/training/spec.js';
import type { SnapshotTable } from './snapshot-table.js';

/**
 * The trained network against the truth on data with one input and one output. Shapes: all [samples], in the data's
 * order.
 */
export interface Predictions {
  readonly x: readonly number[];
  readonly truth: readonly number[];
  readonly predicted: readonly number[];
}

/** What a trial came to. */
export interface TrialSummary {
  readonly status: TrainStatus;
  readonly epochs: number;
  readonly steps: number;
  /** Null where it is not finite (a diverged trial). */
  readonly finalLoss: number | null;
  readonly divergedAt?: { readonly epoch: number; readonly step: number; readonly what: string };
  /** The last evaluation of the training and the test set, where they were observed. */
  readonly evaluation?: { readonly train?: Evaluation; readonly test?: Evaluation };
  /** SHA-256 over final weights and metrics (docs/definitions.md#result-hash). */
  readonly hash: string;
}

/** A trial's end: the summary and what it is made from. Shapes: parameters flat, in PyTorch's order. */
export interface TrialOutcome {
  readonly summary: TrialSummary;
  readonly parameters: Float32Array<ArrayBuffer>;
  readonly parameterShapes: readonly ParameterShape[];
  readonly predictions?: Predictions;
  readonly snapshots?: SnapshotTable;
}
