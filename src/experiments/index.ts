import { batchSensitivity } from './batch-sensitivity.js';
import type { Experiment } from './experiment.js';
import { functionFitSignSin } from './function-fit-sign-sin.js';
import { functionFitSinc } from './function-fit-sinc.js';
import { gradientNorm } from './gradient-norm.js';
import { interpolationBatch } from './interpolation-batch.js';
import { interpolationRate } from './interpolation-rate.js';
import { minimalRatio } from './minimal-ratio.js';
import { mnistDepth } from './mnist-depth.js';
import { parameterCount } from './parameter-count.js';
import { randomLabels } from './random-labels.js';
import { weightTrajectories } from './weight-trajectories.js';

export type * from './claim.js';
export * from './experiment.js';
export type * from './figure.js';
export type * from './measure.js';
export * from './names.js';
export { type PlannedTask, type PlanOptions, tasksOf } from './plan.js';
export { type MeasurementView, type ResultView, type TrialView, takeMeasure } from './take-measure.js';

/** All experiments, in the order of the report's sections. */
export const experiments: readonly Experiment[] = [
  functionFitSinc,
  functionFitSignSin,
  mnistDepth,
  weightTrajectories,
  gradientNorm,
  minimalRatio,
  randomLabels,
  parameterCount,
  interpolationBatch,
  interpolationRate,
  batchSensitivity,
];
