import { type LbfgsMemory, lbfgsMemory } from '../numerics/lbfgs.js';
import { along, difference, dot, norm } from '../numerics/vectors.js';
import type { Objective, ObjectivePoint } from '../objective/objective.js';
import { checkSearch, concludeSearch, type ZeroGradient, type ZeroGradientOptions } from './critical-point.js';

/** Over this many steps |g|^2 must fall by a millionth, or the search has stalled. */
const patience = 500;
const leastProgress = 1e-6;

/** A point with the merit 0.5 |g|^2 and its gradient H g. */
interface MeritPoint {
  readonly params: Float64Array;
  readonly merit: number;
  readonly slope: Float64Array;
}

/**
 * Searches a zero of the gradient by minimising half its square with L-BFGS: finds saddles as well as minima, in any
 * number of parameters.
 *
 *     F = 0.5 |g|^2,   grad F = H g
 *
 * It can stop where H g = 0 though g is not (a gradient-flat region); its status is then `gradientFlat`. As F squares
 * the condition number of H, it is slow: small networks have `saddleFreeNewton` and `dampedNewton`.
 * Cost: one Hessian-vector product and one gradient a step, and a gradient for each step that is halved.
 * Shapes: start [P]. Default maxSteps 20,000. Reference: Frye et al. 2021, Neural Computation 33:1469.
 * @throws RangeError if an option is out of range, UserError if the start has no finite loss
 */
export function gradientNormDescent(
  objective: Objective,
  start: Float64Array,
  options: ZeroGradientOptions = {},
): ZeroGradient {
  const { tolerance, maxSteps, onStep } = checkSearch('gradientNormDescent', objective, start, {
    ...options,
    maxSteps: options.maxSteps ?? 20_000,
  });
  let here = meritPoint(start.slice(), objective.at(start));
  let memory = lbfgsMemory();
  let [steps, gradients, fresh] = [0, 1, true];
  const merits = [here.merit];
  const isStuck = () => steps >= patience && here.merit > (1 - leastProgress) * merits[steps - patience]!;
  while (Math.sqrt(2 * here.merit) >= tolerance && steps < maxSteps && !isStuck()) {
    const search = lineSearch(objective, here, memory);
    gradients += search.gradients;
    if (!search.next) {
      if (fresh) break;
      // What was learnt misleads: once more from steepest descent.
      [memory, fresh] = [lbfgsMemory(), true];
      continue;
    }
    memory.learn(difference(search.next.params, here.params), difference(search.next.slope, here.slope));
    [here, fresh] = [search.next, false];
    merits.push(here.merit);
    steps++;
    onStep?.(steps, Math.sqrt(2 * here.merit));
  }
  const outOfSteps = steps === maxSteps;
  return concludeSearch(objective, { params: here.params, steps, gradients, products: steps + 1, outOfSteps }, options);
}

function meritPoint(params: Float64Array, { gradient, hvp }: ObjectivePoint): MeritPoint {
  return { params, merit: 0.5 * dot(gradient, gradient), slope: hvp(gradient) };
}

/** Halves the step, at most 1 + |params| long, until F falls by Armijo's rule. */
function lineSearch(objective: Objective, here: MeritPoint, memory: LbfgsMemory) {
  const direction = memory.multiply(here.slope).map((value) => -value);
  const slope = dot(direction, here.slope);
  let t = Math.min(1, (1 + norm(here.params)) / norm(direction));
  let gradients = 0;
  for (; gradients < 40 && slope < 0; t /= 2) {
    const params = along(here.params, t, direction);
    const point = objective.at(params);
    gradients++;
    if (0.5 * dot(point.gradient, point.gradient) <= here.merit + 1e-4 * t * slope) {
      return { next: meritPoint(params, point), gradients };
    }
  }
  return { next: undefined, gradients };
}
