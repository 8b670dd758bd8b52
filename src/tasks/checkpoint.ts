import type { TrainState } from '../engine/index.js';
import type { MetricRow } from '../engine/training/observations/index.js';
import type { SnapshotTable } from './snapshot-table.js';

/** Where a trial stands between two steps. */
export interface TrialCheckpoint {
  readonly train: TrainState;
  /** How many rows it has emitted. */
  readonly rows: number;
  readonly snapshots?: Pick<SnapshotTable, 'epochs' | 'values'>;
}

/** Where a trial resumes: a checkpoint, and the rows that it had emitted by then. */
export interface TrialStart {
  readonly checkpoint: TrialCheckpoint;
  readonly rows: readonly MetricRow[];
}
