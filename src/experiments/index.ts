import type { Experiment } from './experiment.js';
import { functionFitSignSin, functionFitSinc } from './function-fit.js';
import { mnistDepth } from './mnist-depth.js';

export * from './experiment.js';

/** All experiments, in the order of the report's sections. */
export const experiments: readonly Experiment[] = [functionFitSinc, functionFitSignSin, mnistDepth];
