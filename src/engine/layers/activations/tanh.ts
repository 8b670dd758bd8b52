import { tanh as tanhOf } from '../../../base/math.js';
import type { ReferencePasses } from '../reference.js';
import { defineActivation } from './activation.js';

/**
 * The hyperbolic tangent, with f' = 1 - y^2 and f'' = -2 y f':
 *
 *     R{y} = f' R{x},   gx = f' gy,   R{gx} = f' R{gy} + f'' R{x} gy
 *
 * Shapes: x and y [n, features].
 */
const reference: ReferencePasses = {
  forward({ x, y }) {
    for (let i = 0; i < y.length; i++) y[i] = tanhOf(x[i]!);
  },
  tangent(at, { x, y }) {
    for (let i = 0; i < y.length; i++) y[i] = (1 - at.y[i]! * at.y[i]!) * x[i]!;
  },
  backward(at, { x, y }) {
    for (let i = 0; i < y.length; i++) x[i] = (1 - at.y[i]! * at.y[i]!) * y[i]!;
  },
  backwardTangent(at, tangent, gradient, { x, y }) {
    for (let i = 0; i < y.length; i++) {
      const value = at.y[i]!;
      x[i] = (1 - value * value) * (y[i]! - 2 * value * tangent.x[i]! * gradient.y[i]!);
    }
  },
};

/** The hyperbolic tangent (`nn.Tanh`). */
export const tanh = defineActivation('tanh', {
  fields: {},
  kernels: ({ tanhForward, tanhBackward, tanhCurvature }) => ({
    forward: tanhForward,
    derivative: (from, _x, y, to, count) => tanhBackward(from, y, to, count),
    curvature: ({ y, grad, tangentY }, to, count) => tanhCurvature(grad, y, tangentY, to, count),
  }),
  reference: () => reference,
});
