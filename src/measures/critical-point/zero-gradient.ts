import { normalVector } from '../../base/normal-vector.js';
import { namedStream } from '../../base/streams.js';
import { along, norm, requireCount, requirePositive } from '../numerics/vectors.js';
import type { Objective } from '../objective/objective.js';
import type { ZeroGradient, ZeroGradientOptions } from './critical-point.js';
import { dampedNewton } from './damped-newton.js';
import { gradientNormDescent } from './gradient-norm-descent.js';
import { levenbergMarquardt } from './levenberg-marquardt.js';
import { saddleFreeNewton } from './saddle-free-newton.js';

const searches = { levenbergMarquardt, saddleFreeNewton, dampedNewton, gradientNormDescent } as const;

/** A search for a zero of the gradient. */
export type ZeroGradientMethod = keyof typeof searches;

/** How a zero gradient is looked for: methods, and attempts at each. */
export interface FindOptions extends ZeroGradientOptions {
  /** Run one after the other until one succeeds. Default saddleFreeNewton, which ends at minima. */
  readonly methods?: readonly ZeroGradientMethod[];
  /**
   * Most attempts; each starts where the last ended, moved at random unless that had only run out of steps. Default 10.
   */
  readonly attempts?: number;
  /** Length of that move as a share of the parameters' length. Default 0.15. */
  readonly jitter?: number;
  /** Of the stream `measures/zero-gradient`. Default 1. */
  readonly seed?: number;
}

/** The best point found, and how each attempt ended, in order. */
export interface FoundZeroGradient extends ZeroGradient {
  readonly attempts: readonly ZeroGradient[];
}

/**
 * Looks for a point of zero gradient near a start: methods in turn, and again from a point moved at random where they
 * stop short. A minimum of a relu network may lie on a kink, where no gradient is zero: such ends are in `attempts` as
 * `stalled`, to be counted.
 *
 * Shapes: start [P]. Cost: that of the methods (1-20-1 on 300 points: some 20 ms a dense step).
 * @throws RangeError if an option is out of range, UserError if the start has no finite loss, or P is too large for a
 * dense method
 */
export function findZeroGradient(
  objective: Objective,
  start: Float64Array,
  { methods = ['saddleFreeNewton'], attempts = 10, jitter = 0.15, seed = 1, ...options }: FindOptions = {},
): FoundZeroGradient {
  requireCount('findZeroGradient: methods', methods.length, 1);
  requireCount('findZeroGradient: attempts', attempts, 1);
  requirePositive('findZeroGradient: jitter', jitter);
  const rng = namedStream('measures/zero-gradient', seed);
  const ends: ZeroGradient[] = [];
  let from = start;
  for (;;) {
    const end = inTurn(objective, from, methods, options);
    ends.push(end);
    if (end.status === 'critical' || ends.length === attempts) break;
    from = end.params;
    if (end.status === 'outOfSteps') continue;
    const direction = normalVector(rng, from.length);
    from = along(end.params, (jitter * norm(end.params)) / norm(direction), direction);
  }
  const found = ends.reduce((best, end) => (end.gradNorm < best.gradNorm ? end : best));
  return { ...found, attempts: ends };
}

function inTurn(
  objective: Objective,
  start: Float64Array,
  methods: readonly ZeroGradientMethod[],
  options: ZeroGradientOptions,
): ZeroGradient {
  let [steps, gradients, products] = [0, 0, 0];
  let end: ZeroGradient | undefined;
  for (const method of methods) {
    end = searches[method](objective, end?.params ?? start, options);
    steps += end.steps;
    gradients += end.gradients;
    products += end.products;
    if (end.status === 'critical') break;
  }
  return { ...end!, steps, gradients, products };
}
