import type { ReferencePasses } from '../reference.js';

/**
 * Dropout with the mask that the point holds, y = mask * x; the identity where it holds none (evaluation).
 * The mask comes from outside, 0 or 1 / (1 - rate) for each value.
 *
 * Shapes: x, y and mask [n, features].
 */
export const dropoutReference: ReferencePasses = {
  forward: ({ mask, x, y }) => scale(mask, x, y),
  tangent: ({ mask }, { x, y }) => scale(mask, x, y),
  backward: ({ mask }, { x, y }) => scale(mask, y, x),
  backwardTangent: ({ mask }, _tangent, _gradient, { x, y }) => scale(mask, y, x),
};

function scale(mask: ArrayLike<number> | undefined, from: Float64Array, to: Float64Array): void {
  if (mask === undefined) to.set(from);
  else for (let i = 0; i < to.length; i++) to[i] = mask[i]! * from[i]!;
}
