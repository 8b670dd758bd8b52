import type { ReferenceLayer } from '../layers/reference.js';
import { requireLength } from '../require-length.js';
import type { ReferenceLoss } from './losses.js';
import {
  allocateLike,
  backwardPass,
  backwardTangentPass,
  type NetworkArrays,
  type NetworkPoint,
  tangentPass,
} from './passes.js';

/** A loss with its gradient in the parameters. Shapes: gradient [parameterCount], outputs [n, outputs]. */
export interface LossAndGradient {
  readonly loss: number;
  readonly gradient: Float64Array;
  readonly outputs: Float64Array;
}

/**
 * Exact products with the matrices of second derivatives of a loss, at one point.
 * Shapes: v and results [parameterCount].
 */
export interface Curvature extends LossAndGradient {
  /** H v, the Hessian of the loss times v (Pearlmutter 1994). */
  hvp(v: Float64Array): Float64Array;
  /** J' (d2L/doutputs2) J v, the generalised Gauss-Newton matrix times v (Schraudolph 2002). */
  gaussNewtonVp(v: Float64Array): Float64Array;
}

/** The gradients of parameters, and of all rows that depend on them, at a point whose outputs are there. */
export function lossGradients(
  layers: readonly ReferenceLayer[],
  at: NetworkPoint,
  loss: ReferenceLoss,
  targets: ArrayLike<number>,
): NetworkArrays {
  const gradient = allocateLike(layers, at);
  loss.gradient(at.outputs, targets, gradient.outputs);
  backwardPass(layers, at, gradient, 'params');
  return gradient;
}

/** Loss, gradient and curvature at a point whose outputs are there. */
export function curvatureAt(
  layers: readonly ReferenceLayer[],
  at: NetworkPoint,
  loss: ReferenceLoss,
  targets: ArrayLike<number>,
): Curvature {
  const gradient = lossGradients(layers, at, loss, targets);
  const tangent = allocateLike(layers, at);
  const result = allocateLike(layers, at);
  /** Tangents of all values along v, and of the gradient of the outputs. */
  const moveAlong = (v: Float64Array): void => {
    requireLength('direction in the parameters', v, tangent.params.length);
    tangent.params.set(v);
    tangentPass(layers, at, tangent, 'params');
    loss.hessianProduct(at.outputs, tangent.outputs, result.outputs);
  };
  return {
    loss: loss.value(at.outputs, targets),
    gradient: gradient.params,
    outputs: at.outputs,
    hvp(v) {
      moveAlong(v);
      backwardTangentPass(layers, at, tangent, gradient, result);
      return result.params.slice();
    },
    gaussNewtonVp(v) {
      moveAlong(v);
      backwardPass(layers, at, result, 'params');
      return result.params.slice();
    },
  };
}
