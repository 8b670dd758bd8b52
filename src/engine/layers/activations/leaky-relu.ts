import { byDefault, share } from '../../../base/fields.js';
import type { Kernels } from '../../bindings/kernels.js';
import type { ReferencePasses } from '../reference.js';
import { type ActivationKernels, defineActivation } from './activation.js';

const fields = { slope: byDefault(share('slope below 0'), 0.01) };

/** PyTorch's default slope of `leaky_relu`. */
export const defaultLeakySlope = fields.slope.default as number;

/** max(x, 0) + slope min(x, 0) (`nn.LeakyReLU`). */
export const leakyRelu = defineActivation('leakyRelu', {
  fields,
  kernels: (kernels, { slope = defaultLeakySlope }) => leakyKernels(kernels, slope),
  reference: ({ slope = defaultLeakySlope }) => leakyReference(slope),
});

/** The kernels of any slope; relu has slope 0. */
export const leakyKernels = ({ leakyForward, leakyBackward }: Kernels, slope: number): ActivationKernels => ({
  forward: (x, y, count) => leakyForward(x, y, count, slope),
  derivative: (from, _x, y, to, count) => leakyBackward(from, y, to, count, slope),
  curvature: undefined,
});

/**
 * At the kink the derivative is `slope`, as in PyTorch, and the second derivative is 0 everywhere.
 * Shapes: x and y [n, features].
 */
export function leakyReference(slope: number): ReferencePasses {
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
