/** The language of studies: experiments, claims, figures, readings and plans as data. */
export type * from './claim.js';
export { expectation } from './expectation.js';
export * from './experiment.js';
export type * from './figure.js';
export * from './names.js';
export { type PlannedTask, type PlanOptions, tasksOf } from './plan.js';
export type * from './reading.js';
export { type MeasurementView, type ResultView, type TrialView, takeReading } from './take-reading.js';
