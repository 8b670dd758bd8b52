import { requirePositive } from '../numerics/vectors.js';
import type { Objective } from '../objective/objective.js';
import { type BoxSharpness, boxSharpness, type SharpnessOptions } from './box-sharpness.js';
import { fullSpace } from './random-subspace.js';

/**
 * Adaptive sharpness in the box |z_i| <= epsilon |x_i|: the same for all networks that differ by a rescaling of relu
 * units.
 *
 *     max { f(x + z) - f(x) : |z_i| <= epsilon |x_i| }
 *       = max { f(x + T e) - f(x) : |e|_inf <= epsilon },   T = diag(|x|)
 *
 * Shapes: params [n]. Cost and errors: as epsilonSharpness. Reference: Kwon et al. 2021 (ASAM), definition 1 for p =
 * infinity.
 */
export function adaptiveSharpness(
  objective: Objective,
  params: Float64Array,
  { epsilon = 1e-3, ...options }: SharpnessOptions = {},
): BoxSharpness {
  requirePositive('adaptiveSharpness: epsilon', epsilon);
  const sides = params.map((value) => epsilon * Math.abs(value));
  return boxSharpness('adaptiveSharpness', objective, params, { space: fullSpace, sides }, options);
}
