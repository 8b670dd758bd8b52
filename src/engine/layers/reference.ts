import type { Shape } from './shape.js';

/**
 * The arrays of one layer: its values, or their tangents, or the gradients with respect to them, or the tangents of
 * these. Images lie as PyTorch has them, [channel][y][x].
 *
 * Shapes: params [parameterCount] (tensor after tensor), x [n, inputSize], y [n, outputSize].
 */
export interface LayerArrays {
  readonly params: Float64Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** The values of a layer at one point, with the dropout mask that holds there. Shapes: mask [n, inputSize]. */
export interface LayerPoint extends LayerArrays {
  readonly mask?: ArrayLike<number> | undefined;
}

/**
 * One layer y = f(params, x) and its derivatives, as functions without state. Each pass overwrites what it computes.
 * The two tangents are Pearlmutter's R-operator, R{v} = dv/dt as params and x move along a straight line.
 * `inputsFixed` says that x does not move and that its gradient is not wanted, which spares a layer that reads the data
 * much work.
 *
 * Reference: Pearlmutter 1994, Fast exact multiplication by the Hessian, Neural Computation 6:147.
 */
export interface ReferencePasses {
  /** `at.y = f(at.params, at.x)`. */
  forward(at: LayerPoint): void;
  /** `tangent.y = R{y}`, from the tangents of params and x. */
  tangent(at: LayerPoint, tangent: LayerArrays, inputsFixed: boolean): void;
  /** `gradient.params` and `gradient.x`, from `gradient.y`. */
  backward(at: LayerPoint, gradient: LayerArrays, inputsFixed: boolean): void;
  /** `R{gradient.params}` and `R{gradient.x}`, from `gradient.y`, `R{gradient.y}` and the tangents of params and x. */
  backwardTangent(
    at: LayerPoint,
    tangent: LayerArrays,
    gradient: LayerArrays,
    gradientTangent: LayerArrays,
    inputsFixed: boolean,
  ): void;
}

/** The passes of a layer with its sizes. */
export interface ReferenceLayer extends ReferencePasses {
  readonly inputSize: number;
  readonly outputSize: number;
  readonly parameterCount: number;
}

/** What the reference's version of a layer is made from. */
export interface ReferenceShapes<Spec = unknown> {
  readonly spec: Spec;
  readonly input: Shape;
  readonly output: Shape;
}
