/** Running many trials and measurements and keeping what came of them. What touches files and threads is in platform/node. */

export { costOf, type SpecOf, type TaskCost, workOf } from '../tasks/cost.js';
export {
  type PoolListener,
  type PoolOptions,
  type PoolTask,
  runPool,
  type StartWorker,
  type TaskWorker,
  type WorkerListener,
} from './pool.js';
export { type ProgressMeter, progressMeter, type RunProgress } from './progress.js';
export type * from './record.js';
export { type RunListener, type RunOptions, runTasks, type TaskReport } from './run-tasks.js';
export { readSafetensors, type Tensor, tensorsOf, writeSafetensors } from './safetensors.js';
export type * from './store.js';
export type * from './task.js';
