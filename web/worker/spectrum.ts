import { networkOf } from '../../src/engine/model-spec.js';
import { engineObjective, exactHessian, symmetricEigen } from '../../src/measures/index.js';
import type { LiveRun } from './live-run.js';
import type { PanelData } from './protocol.js';

/** Parameters of a network whose whole Hessian is taken. */
const mostExact = 400;

/** Every eigenvalue of the Hessian where a run stands. */
export async function exactSpectrum(run: LiveRun, step: number): Promise<NonNullable<PanelData['spectrum']>> {
  const { machine, facts } = run;
  if (facts.parameters > mostExact) {
    return {
      none:
        `Every eigenvalue is taken of networks with at most ${mostExact} parameters, and this one has ` +
        `${facts.parameters}: make it smaller.`,
    };
  }
  try {
    const { parameters } = machine.trial.state();
    const { model, loss } = machine.spec;
    const objective = await engineObjective(networkOf(model), run.measured, loss);
    const { matrix } = exactHessian(objective, Float64Array.from(parameters));
    return { step, values: [...symmetricEigen(matrix, parameters.length).values] };
  } catch (error) {
    return { none: error instanceof Error ? error.message : String(error) };
  }
}
