import type { Mnist } from '../../data/index.js';
import type { TrainProgress } from '../../engine/index.js';
import type { MetricRow } from '../../engine/train-spec.js';
import type { TrialOutcome } from '../../trials/run-trial.js';
import type { TrialSpec } from '../../trials/trial-spec.js';

/** What a worker is started with. The arrays of `mnist` lie in shared memory, so that all workers read one copy. */
export interface WorkerStart {
  /** One Int32; not zero: stop before the next step. */
  readonly stopFlag: SharedArrayBuffer;
  readonly mnist?: Mnist;
}

/** To a worker: the next trial. */
export interface WorkerRequest {
  readonly spec: TrialSpec;
}

/** From a worker. Rows and progress come in batches, by the clock. */
export type WorkerMessage =
  | { readonly kind: 'update'; readonly rows: readonly MetricRow[]; readonly progress?: TrainProgress }
  | { readonly kind: 'done'; readonly outcome: TrialOutcome; readonly durationMs: number }
  | { readonly kind: 'failed'; readonly reason: string };
