/**
 * A loss over a fixed set of samples as a function of all parameters, flat in PyTorch's order. Measures work on this
 * alone, so each serves the float64 reference (exact, small networks) and the float32 engine (networks of MNIST's
 * size).
 */
export interface Objective {
  readonly parameterCount: number;
  /** Unit roundoff of what computes it: 2^-53 (reference) or 2^-24 (engine); tolerances follow from it. */
  readonly roundoff: number;
  loss(params: Float64Array): number;
  /** Loss, gradient and curvature at a point, of which the products are taken whenever they are called. */
  at(params: Float64Array): ObjectivePoint;
}

/** An objective at one point. Shapes: gradient, v and products [parameterCount]; products are fresh arrays. */
export interface ObjectivePoint {
  readonly loss: number;
  readonly gradient: Float64Array;
  /** Hessian times v. */
  hvp(v: Float64Array): Float64Array;
  /** Generalised Gauss-Newton matrix times v. */
  gaussNewtonVp(v: Float64Array): Float64Array;
}
