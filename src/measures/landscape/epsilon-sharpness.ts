import { namedStream } from '../../base/streams.js';
import { requirePositive } from '../numerics/vectors.js';
import type { Objective } from '../objective/objective.js';
import { type BoxSharpness, boxSharpness, type SharpnessOptions } from './box-sharpness.js';
import { fullSpace, randomSubspace } from './random-subspace.js';

/** Keskar's measure. */
export interface EpsilonSharpness extends BoxSharpness {
  /** 100 rise / (1 + loss). Unit: per cent. */
  readonly epsilonSharpness: number;
}

/** How the box of `epsilonSharpness` is searched. */
export interface EpsilonSharpnessOptions extends SharpnessOptions {
  /** Dimension of a random subspace to search (Keskar: 100); all parameters if left out. */
  readonly subspace?: number;
}

/**
 * Keskar's epsilon-sharpness: the relative rise of the loss f in a box around the parameters x. Not invariant under
 * rescaling of layers (Dinh 2017): see `adaptiveSharpness`.
 *
 *     phi = 100 (max_{z in C} f(x + A z) - f(x)) / (1 + f(x)),   C = { z : |z_i| <= epsilon (|(A+ x)_i| + 1) }
 *
 * A is the identity, or n x p of independent standard normal numbers (float32), A+ = (A'A)^-1 A' its pseudo-inverse.
 * The search is `climbInCube`, in units of the box's sides.
 * Shapes: params [n]. Cost: at most 11 gradients, and some 20 losses; a subspace keeps 4 n p bytes. Reference: Keskar
 * et al. 2017, metric 2.1.
 * @throws RangeError if an option is out of range, UserError if the loss is not finite
 */
export function epsilonSharpness(
  objective: Objective,
  params: Float64Array,
  { epsilon = 1e-3, subspace, seed = 1, ...options }: EpsilonSharpnessOptions = {},
): EpsilonSharpness {
  requirePositive('epsilonSharpness: epsilon', epsilon);
  const rng = namedStream('measures/epsilon-sharpness', seed);
  const space = subspace === undefined ? fullSpace : randomSubspace(rng, params.length, subspace);
  const sides = space.coordinates(params).map((value) => epsilon * (Math.abs(value) + 1));
  const box = boxSharpness('epsilonSharpness', objective, params, { space, sides }, { seed, ...options });
  return { ...box, epsilonSharpness: (100 * box.rise) / (1 + box.loss) };
}
