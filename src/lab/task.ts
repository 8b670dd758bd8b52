import type { TrainProgress } from '../engine/index.js';
import type { MeasurementResult } from '../tasks/measurement-spec.js';
import type { MeasurementOutcome } from '../tasks/run-measurement.js';
import type { TrialOutcome } from '../tasks/run-trial.js';
import type { TaskSpec } from '../tasks/task.js';
import type { TrialSummary } from '../tasks/trial-result.js';

/** A task to run, under its id. */
export interface Task {
  readonly id: string;
  readonly spec: TaskSpec;
}

/** How far a task is: in steps, of a measurement in thousandths. */
export type TaskProgress = Pick<TrainProgress, 'step' | 'steps'> & Partial<TrainProgress>;

/** What a task came to: a trial has a `summary`, a measurement a `result`. */
export type TaskOutcome = TrialOutcome | MeasurementOutcome;

/** What a finished task came to, in short: of a trial its summary, of a measurement its values. */
export type TaskSummary = TrialSummary | (Pick<MeasurementResult, 'values'> & { readonly hash: string });
