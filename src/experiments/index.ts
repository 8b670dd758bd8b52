import type { Experiment } from '../study/experiment.js';
import { batchSensitivity } from './batch-sensitivity/index.js';
import { functionFitSignSin } from './function-fit/sign-sin/index.js';
import { functionFitSinc } from './function-fit/sinc/index.js';
import { gradientNorm } from './gradient-norm/index.js';
import { interpolationBatch } from './interpolation/batch/index.js';
import { interpolationRate } from './interpolation/rate/index.js';
import { minimalRatio } from './minimal-ratio/index.js';
import { mnistDepth } from './mnist-depth/index.js';
import { parameterCount } from './parameter-count/index.js';
import { randomLabels } from './random-labels/index.js';
import { weightTrajectories } from './weight-trajectories/index.js';

/** All experiments, in the order of the original's sections. */
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
