import type { Mnist } from '../../../data/index.js';
import type { MetricRow } from '../../../engine/training/observations/index.js';
import type { ResumePoint } from '../../../lab/store.js';
import type { TaskOutcome, TaskProgress } from '../../../lab/task.js';
import type { TrialCheckpoint } from '../../../tasks/checkpoint.js';
import type { TaskSpec } from '../../../tasks/task.js';

/** What a worker is started with. The arrays of `mnist` lie in shared memory, so that all workers read one copy. */
export interface WorkerStart {
  /** One Int32; not zero: stop before the next step. */
  readonly stopFlag: SharedArrayBuffer;
  /** How often a trial tells where it stands. */
  readonly checkpointEveryMs: number;
  readonly mnist?: Mnist;
  /** Folder of the store with the trials that tasks start from. */
  readonly store?: string;
}

/** What one worker alone is started with. */
export interface OwnWorkerStart extends WorkerStart {
  /** One Int32, which the worker changes as long as it gets on. */
  readonly pulse: SharedArrayBuffer;
}

/** To a worker: the next task, and where to go on with it. */
export interface WorkerRequest {
  readonly spec: TaskSpec;
  readonly from?: ResumePoint;
}

/** From a worker. Rows and progress come in batches, by the clock. */
export type WorkerMessage =
  | { readonly kind: 'update'; readonly rows: readonly MetricRow[]; readonly progress?: TaskProgress }
  | { readonly kind: 'checkpoint'; readonly checkpoint: TrialCheckpoint; readonly durationMs: number }
  | { readonly kind: 'done'; readonly outcome: TaskOutcome; readonly durationMs: number }
  | { readonly kind: 'failed'; readonly reason: string };
