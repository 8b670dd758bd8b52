import { UserError } from '../../base/errors.js';
import { normalVector } from '../../base/normal-vector.js';
import { namedStream } from '../../base/streams.js';
import { requireCount, requireLength } from '../numerics/vectors.js';
import type { Objective } from '../objective/objective.js';
import { type CubeFunction, climbInCube } from './box-ascent.js';
import type { Subspace } from './random-subspace.js';

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

/** How a box is searched. */
export interface SharpnessOptions {
  /** Size of the box. Default 1e-3 (Keskar: 1e-3 and 5e-4). */
  readonly epsilon?: number;
  /** Most iterations of the search. Default 10. */
  readonly iterations?: number;
  /** Of the stream `measures/epsilon-sharpness`. Default 1. */
  readonly seed?: number;
}

/** A box around a point: A maps its coordinates to parameters, and its sides are `sides` in both directions. */
export interface Box {
  readonly space: Subspace;
  readonly sides: Float64Array;
}

/**
 * The rise of a loss in a box, searched by `climbInCube` in units of the box's sides.
 *
 *     max { f(x + A (s * u)) - f(x) : |u|_inf <= 1 },   s: the sides
 *
 * Shapes: params [n], sides [p]. Cost: as climbInCube.
 * @throws RangeError if lengths or `iterations` are out of range, UserError if the loss is not finite
 */
export function boxSharpness(
  where: string,
  objective: Objective,
  params: Float64Array,
  box: Box,
  { iterations = 10, seed = 1 }: SharpnessOptions,
): BoxSharpness {
  requireLength(`${where}: params`, params, objective.parameterCount);
  requireCount(`${where}: iterations`, iterations, 1);
  const loss = objective.loss(params);
  if (!Number.isFinite(loss)) throw new UserError(`${where}: expected a point with a finite loss, got loss ${loss}`);
  const { value, ...cost } = climbInCube(onCube(objective, params, box, seed), box.sides.length, iterations);
  return { loss, maxLoss: value, rise: value - loss, ...cost };
}

/** The loss in the box as a function on the cube. */
function onCube(objective: Objective, params: Float64Array, { space, sides }: Box, seed: number): CubeFunction {
  const scaled = new Float64Array(sides.length);
  const point = new Float64Array(params.length);
  const moved = (u: Float64Array): Float64Array => {
    for (let i = 0; i < scaled.length; i++) scaled[i] = u[i]! * sides[i]!;
    const move = space.apply(scaled);
    for (let i = 0; i < point.length; i++) point[i] = params[i]! + move[i]!;
    return point;
  };
  return {
    value: (u) => objective.loss(moved(u)),
    gradient(u) {
      const gradient = space.applyTransposed(objective.at(moved(u)).gradient).slice();
      for (let i = 0; i < gradient.length; i++) gradient[i]! *= sides[i]!;
      return gradient;
    },
    fallback: () => normalVector(namedStream('measures/epsilon-sharpness start', seed), sides.length),
  };
}
