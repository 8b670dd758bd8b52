import type { ReferencePasses } from '../reference.js';

/**
 * An image as a row of numbers: the same numbers in the same order.
 * Shapes: x [n, channels, height, width], y [n, channels * height * width].
 */
export const flattenReference: ReferencePasses = {
  forward: ({ x, y }) => y.set(x),
  tangent: (_at, { x, y }) => y.set(x),
  backward: (_at, { x, y }) => x.set(y),
  backwardTangent: (_at, _tangent, _gradient, { x, y }) => x.set(y),
};
