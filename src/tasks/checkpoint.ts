import type { TrainState } from '../engine/index.js';
import type { MetricRow } from '../engine/training/observations/index.js';
import type { SnapshotTable } from './snapshot-table.js';

/** Where a trial stands between two steps. */
export interface TrialCheckpoint {
  readonly train: TrainState;
  /** How many rows it has told. */
  readonly rows: number;
  readonly snapshots?: Pick<SnapshotTable, 'epochs' | 'values'>;
}

/** What a trial goes on from: a checkpoint, and the rows that it had told by then. */
export interface TrialStart {
  readonly checkpoint: TrialCheckpoint;
  readonly rows: readonly MetricRow[];
}
