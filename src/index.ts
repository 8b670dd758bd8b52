/** Descent as a library: describe a trial or a measurement as data, run it, and get the same bits everywhere. */
export { SpecError, UserError } from './base/errors.js';
export * from './experiments/index.js';
export type * from './lab/record.js';
export type { FinishedTrial, LoadTrial, TrialSnapshots } from './trials/finished-trial.js';
export { parseMeasurementSpec } from './trials/measurement-schema.js';
export type * from './trials/measurement-spec.js';
export { type MeasurementHost, type MeasurementOutcome, runMeasurement } from './trials/run-measurement.js';
export { runTrial, type TrialHost, type TrialOutcome } from './trials/run-trial.js';
export { parseTrialSpec } from './trials/schema.js';
export { isMeasurement, needsOf, parseTaskSpec, type TaskSpec, taskId } from './trials/task.js';
export type { EngineIdentity } from './trials/trial-id.js';
export type * from './trials/trial-result.js';
export type * from './trials/trial-spec.js';
