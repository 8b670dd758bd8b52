import type { Objective } from '../objective/objective.js';
import type { ZeroGradient, ZeroGradientOptions } from './critical-point.js';
import { dampedSteps } from './damped-steps.js';

/**
 * Newton's method for g = 0, damped as Levenberg and Marquardt damp least squares, so that |g| falls at each step:
 * finds the critical point nearby, saddles as well as minima, and can stop in a gradient-flat region.
 *
 *     (H^2 + mu^2 I) step = -H g
 *
 * Shapes: start [P]. Cost and errors: as dampedSteps. Reference: Nocedal & Wright 2006, 11.2.
 */
export function dampedNewton(
  objective: Objective,
  start: Float64Array,
  options: ZeroGradientOptions = {},
): ZeroGradient {
  return dampedSteps(
    objective,
    start,
    {
      name: 'dampedNewton',
      curvature: (point) => point.hvp,
      inverse: (lambda, mu) => lambda / (lambda * lambda + mu * mu),
      merit: 'gradNorm',
    },
    options,
  );
}
