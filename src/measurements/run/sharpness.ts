import { adaptiveSharpness } from '../../measures/landscape/adaptive-sharpness.js';
import { epsilonSharpness } from '../../measures/landscape/epsilon-sharpness.js';
import type { Objective } from '../../measures/objective/objective.js';
import type { MeasureContext, RawResult } from '../measurement.js';
import { trainedPoint } from './objective.js';

/** Of two climbs of at most 10 iterations. */
const mostGradients = 22;

interface SharpnessOptions {
  readonly epsilon: number;
  readonly samples: number;
}

/**
 * How far the training loss rises in a small box around a trial's end: Keskar's measure, and the one that rescaling of
 * units does not change.
 */
export async function measureSharpness(context: MeasureContext<SharpnessOptions>): Promise<RawResult> {
  const { measure, networks, seed, loadMnist, onProgress } = context;
  const { objective: silent, params } = await trainedPoint(networks[0]!, measure.samples, loadMnist);
  const { epsilon } = measure;
  let gradients = 0;
  const objective: Objective = {
    ...silent,
    at(point) {
      onProgress(++gradients / mostGradients);
      return silent.at(point);
    },
  };
  const keskar = epsilonSharpness(objective, params, { epsilon, seed });
  const adaptive = adaptiveSharpness(objective, params, { epsilon, seed });
  return {
    values: {
      sharpness: keskar.epsilonSharpness,
      adaptiveSharpness: adaptive.rise,
      loss: keskar.loss,
      maxLoss: keskar.maxLoss,
    },
  };
}
