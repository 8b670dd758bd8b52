import { UserError } from '../base/errors.js';
import type { Mnist } from '../data/index.js';
import { engineObjective } from '../measures/objective/engine-objective.js';
import type { Objective } from '../measures/objective/objective.js';
import type { FinishedTrial } from '../tasks/finished-trial.js';
import { atMost, networkSpecOf, samplesOf } from './context.js';

/** A trial's end in the landscape of its training loss. Shapes: params [P] */
export interface TrialPoint {
  readonly objective: Objective;
  readonly params: Float64Array;
}

/** The loss over a trial's first training samples, in the float32 engine, and where the trial ended. @throws UserError if it diverged */
export async function trialPoint(
  { id, spec, parameters }: FinishedTrial,
  samples: number,
  loadMnist: () => Promise<Mnist>,
): Promise<TrialPoint> {
  const { train } = await samplesOf(spec, loadMnist);
  return {
    objective: await engineObjective(networkSpecOf(spec), atMost(train, samples), spec.loss),
    params: finiteParameters(id, parameters),
  };
}

/** @throws UserError if a parameter is not finite */
export function finiteParameters(id: string, parameters: Float32Array): Float64Array {
  if (!parameters.every(Number.isFinite)) {
    throw new UserError(`trial ${id.slice(0, 12)}: expected finite parameters to measure at, got a run that diverged`);
  }
  return Float64Array.from(parameters);
}
