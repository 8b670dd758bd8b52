/**
 * Running many trials and measurements and keeping what came of them. What touches files and threads is in
 * platform/node.
 */

export { costOf, type SpecOf, type TaskCost, workOf } from '../tasks/cost/cost.js';
export type * from '../tasks/task-event.js';
export {
  type ChosenExperiment,
  type PlannedRun,
  type PlanRequest,
  planRuns,
  runRecord,
  tasksToRun,
} from './plan-runs.js';
export {
  type PoolOptions,
  type QueueOptions,
  type RunQueue,
  runPool,
  type StartWorker,
  type TaskListener,
  type TaskWorker,
} from './pool.js';
export { type ProgressMeter, progressMeter, type RunProgress } from './progress.js';
export type * from './record.js';
export { type RunEvent, type RunListener, type RunOptions, runTasks } from './run-tasks.js';
export { readSafetensors, type Tensor, tensorsOf, writeSafetensors } from './safetensors.js';
export type * from './store.js';
export { type ResultReader, type RunChoice, resultReader, type StoredResults, selectRuns } from './stored-runs.js';
export { idOf, type Task, taskOf } from './task.js';
export type { QueuedTask } from './task-queue.js';
export { unrecorded } from './task-recorder.js';
