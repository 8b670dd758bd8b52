import type { Mnist } from '../../../data/index.js';
import type { ResumePoint } from '../../../lab/store.js';
import type { TaskSpec } from '../../../tasks/task.js';

/** What a worker is started with. The arrays of `mnist` lie in shared memory, so that all workers read one copy. */
export interface WorkerStart {
  /** One Int32; not zero: stop before the next step. */
  readonly stopFlag: SharedArrayBuffer;
  /** How often a trial emits where it stands. */
  readonly checkpointEveryMs: number;
  readonly mnist?: Mnist;
  /** Folder of the store with the trials that tasks start from. */
  readonly store?: string;
}

/** What one worker alone is started with. */
export interface OwnWorkerStart extends WorkerStart {
  /** One Int32, which the worker changes as long as it gets on. */
  readonly pulse: SharedArrayBuffer;
  /** The file of the native kernels that it computes with, proven before. Default: WebAssembly. */
  readonly kernels?: string;
}

/** To a worker: the next task, and where it resumes. From a worker come `WorkerEvent`s. */
export interface TaskRequest {
  readonly spec: TaskSpec;
  readonly from?: ResumePoint;
  /** A trial is stopped after so many steps, and emits where it stands. */
  readonly until?: number;
}

/**
 * To a worker: run the bit test of its own kernels. It answers as a measurement does whose hash is that of the
 * outcomes.
 */
export interface CheckRequest {
  readonly check: 'kernels';
}

/** What a worker is sent. */
export type WorkerRequest = TaskRequest | CheckRequest;
