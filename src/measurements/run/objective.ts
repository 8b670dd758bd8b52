import { UserError } from '../../base/errors.js';
import type { Mnist } from '../../data/index.js';
import { engineObjective } from '../../measures/objective/engine-objective.js';
import type { Objective } from '../../measures/objective/objective.js';
import type { TrainedNetwork } from '../trained-network.js';
import { atMost, samplesOf } from './samples.js';

/** A trial's end in the landscape of its training loss. Shapes: params [P] */
export interface TrainedPoint {
  readonly objective: Objective;
  readonly params: Float64Array;
}

/**
 * The loss over a trial's first training samples, in the float32 engine, and where the trial ended. @throws UserError
 * if it diverged
 */
export async function trainedPoint(
  trained: TrainedNetwork,
  samples: number,
  loadMnist: () => Promise<Mnist>,
): Promise<TrainedPoint> {
  const { train } = await samplesOf(trained, loadMnist);
  return {
    objective: await engineObjective(trained.network, atMost(train, samples), trained.loss),
    params: finiteParameters(trained.id, trained.parameters),
  };
}

/** @throws UserError if a parameter is not finite */
export function finiteParameters(id: string, parameters: Float32Array): Float64Array {
  if (!parameters.every(Number.isFinite)) {
    throw new UserError(`trial ${id.slice(0, 12)}: expected finite parameters to measure at, got a run that diverged`);
  }
  return Float64Array.from(parameters);
}
