import type { Objective } from '../objective/objective.js';
import type { ZeroGradient, ZeroGradientOptions } from './critical-point.js';
import { dampedSteps } from './damped-steps.js';

/**
 * Newton's method with the Hessian's absolute values, so that the loss falls at each step: leaves saddles, ends at
 * minima.
 *
 *     (|H| + mu I) step = -g,   |H| = V' |Lambda| V
 *
 * Shapes: start [P]. Cost and errors: as dampedSteps. Reference: Dauphin et al. 2014.
 */
export function saddleFreeNewton(
  objective: Objective,
  start: Float64Array,
  options: ZeroGradientOptions = {},
): ZeroGradient {
  return dampedSteps(
    objective,
    start,
    {
      name: 'saddleFreeNewton',
      curvature: (point) => point.hvp,
      inverse: (lambda, mu) => 1 / (Math.abs(lambda) + mu),
      merit: 'loss',
    },
    options,
  );
}
