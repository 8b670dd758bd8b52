import type { Objective } from '../objective/objective.js';
import type { ZeroGradient, ZeroGradientOptions } from './critical-point.js';
import { dampedSteps } from './damped-steps.js';

/**
 * Levenberg and Marquardt's method with the generalised Gauss-Newton matrix G, so that it serves any loss; attracted to
 * minima alone.
 *
 *     (G + mu I) step = -g;   for mse with residuals r: G = 2/n J'J, g = 2/n J'r, the classic (J'J + mu I) step = -J'r
 *
 * Fast where residuals are small; where they are not, its last digits come slowly, and `dampedNewton` finishes sooner.
 * Shapes: start [P]. Cost and errors: as dampedSteps. Reference: Levenberg 1944; Marquardt 1963; Schraudolph 2002 (G).
 */
export function levenbergMarquardt(
  objective: Objective,
  start: Float64Array,
  options: ZeroGradientOptions = {},
): ZeroGradient {
  return dampedSteps(
    objective,
    start,
    {
      name: 'levenbergMarquardt',
      curvature: (point) => point.gaussNewtonVp,
      // G has no negative eigenvalues; what is below 0 is rounding.
      inverse: (lambda, mu) => 1 / (Math.max(lambda, 0) + mu),
      merit: 'loss',
    },
    options,
  );
}
