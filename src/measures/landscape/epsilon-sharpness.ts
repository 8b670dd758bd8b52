import { UserError } from '../../base/errors.js';
import { namedStream } from '../../base/streams.js';
import type { Objective } from '../objective/objective.js';
import { normalVector, requireCount, requireLength, requirePositive } from '../objective/vectors.js';
import { climbInCube } from './box-ascent.js';
import { fullSpace, randomSubspace, type Subspace } from './random-subspace.js';

/**
 * How far the loss rises in a small box around a point. All are lower bounds, as the maximum is searched, not proved.
 */
export interface BoxSharpness {
  readonly loss: number;
  readonly maxLoss: number;
  /** maxLoss - loss, at least 0. */
  readonly rise: number;
  readonly iterations: number;
  readonly gradients: number;
  readonly evaluations: number;
}

/** Keskar's measure. */
export interface EpsilonSharpness extends BoxSharpness {
  /** 100 rise / (1 + loss). Unit: per cent. */
  readonly epsilonSharpness: number;
}

export interface SharpnessOptions {
  /** Size of the box. Default 1e-3 (Keskar: 1e-3 and 5e-4). */
  readonly epsilon?: number;
  /** Most iterations of the search. Default 10. */
  readonly iterations?: number;
  /** Of the stream `measures/epsilon-sharpness`. Default 1. */
  readonly seed?: number;
}

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
  const box = boxSharpness('epsilonSharpness', objective, params, space, sides, { seed, ...options });
  return { ...box, epsilonSharpness: (100 * box.rise) / (1 + box.loss) };
}

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
  return boxSharpness('adaptiveSharpness', objective, params, fullSpace, sides, options);
}

function boxSharpness(
  where: string,
  objective: Objective,
  params: Float64Array,
  space: Subspace,
  sides: Float64Array,
  { iterations = 10, seed = 1 }: SharpnessOptions,
): BoxSharpness {
  requireLength(`${where}: params`, params, objective.parameterCount);
  requireCount(`${where}: iterations`, iterations, 1);
  const loss = objective.loss(params);
  if (!Number.isFinite(loss)) throw new UserError(`${where}: expected a point with a finite loss, got loss ${loss}`);
  const scaled = new Float64Array(sides.length);
  const point = new Float64Array(params.length);
  const moved = (u: Float64Array): Float64Array => {
    for (let i = 0; i < scaled.length; i++) scaled[i] = u[i]! * sides[i]!;
    const move = space.apply(scaled);
    for (let i = 0; i < point.length; i++) point[i] = params[i]! + move[i]!;
    return point;
  };
  const { value, ...cost } = climbInCube(
    {
      value: (u) => objective.loss(moved(u)),
      gradient(u) {
        const gradient = space.applyTransposed(objective.at(moved(u)).gradient).slice();
        for (let i = 0; i < gradient.length; i++) gradient[i]! *= sides[i]!;
        return gradient;
      },
      fallback: () => normalVector(namedStream('measures/epsilon-sharpness start', seed), sides.length),
    },
    sides.length,
    iterations,
  );
  return { loss, maxLoss: value, rise: value - loss, ...cost };
}
