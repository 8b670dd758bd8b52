import { tanh } from '../../base/math.js';
import type { ParameterFree } from './layer.js';

/**
 * max(x, 0) + slope * min(x, 0): relu for slope 0. At the kink the derivative is `slope`, as in PyTorch, and the second derivative is 0 everywhere.
 *
 * Shapes: x and y [n, features].
 */
export function leakyReluLayer(slope: number): ParameterFree {
  const gate = (x: Float64Array, from: Float64Array, to: Float64Array): void => {
    for (let i = 0; i < to.length; i++) to[i] = x[i]! > 0 ? from[i]! : slope * from[i]!;
  };
  return {
    forward: ({ x, y }) => gate(x, x, y),
    tangent: (at, { x, y }) => gate(at.x, x, y),
    backward: (at, { x, y }) => gate(at.x, y, x),
    backwardTangent: (at, _tangent, _gradient, { x, y }) => gate(at.x, y, x),
  };
}

/**
 * The hyperbolic tangent, with f' = 1 - y^2 and f'' = -2 y f':
 *
 *     R{y} = f' R{x},   gx = f' gy,   R{gx} = f' R{gy} + f'' R{x} gy
 *
 * Shapes: x and y [n, features].
 */
export const tanhLayer: ParameterFree = {
  forward({ x, y }) {
    for (let i = 0; i < y.length; i++) y[i] = tanh(x[i]!);
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
