/** Running many trials and keeping what came of them. What touches files and threads is in platform/node. */
export {
  type PoolListener,
  type PoolOptions,
  runPool,
  type StartWorker,
  type TrialWorker,
  type WorkerListener,
} from './pool.js';
export { type ProgressMeter, progressMeter, type RunProgress } from './progress.js';
export type * from './record.js';
export { type RunListener, type RunOptions, runTrials, type TrialReport, type TrialTask } from './run-trials.js';
export { readSafetensors, type Tensor, tensorsOf, writeSafetensors } from './safetensors.js';
export type * from './store.js';
