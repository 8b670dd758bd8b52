/** Descent as a library: describe a trial or a measurement as data, run it, and get the same bits everywhere. */
export { SpecError, UserError } from './base/errors.js';
export { experiments } from './experiments/index.js';
export type * from './lab/record.js';
export { idOf } from './lab/task.js';
export type { KeptSnapshots, TrainedNetwork } from './measurements/trained-network.js';
export * from './study/language.js';
export type { FinishedTrial, LoadTrial } from './tasks/finished-trial.js';
export type * from './tasks/measurement-spec.js';
export { type MeasurementHost, type MeasurementOutcome, runMeasurement } from './tasks/run-measurement.js';
export { runTrial, type TrialHost } from './tasks/run-trial.js';
export { parseMeasurementSpec } from './tasks/schema/measurement-schema.js';
export { parseTrialSpec } from './tasks/schema/trial-schema.js';
export { needsOf, parseTaskSpec, type TaskSpec, taskId, taskKind } from './tasks/task.js';
export type { EngineIdentity } from './tasks/trial-id.js';
export type * from './tasks/trial-result.js';
export type * from './tasks/trial-spec.js';
