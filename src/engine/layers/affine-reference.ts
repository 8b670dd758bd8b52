import type { ReferencePasses } from './reference.js';

/**
 * The bilinear product of a weight and the input rows, w * x, and its two adjoints. Each adds to its last argument.
 *
 * Shapes: w [weights], x [n, inputSize], y [n, outputSize].
 */
export interface BilinearProduct {
  /** `y += w * x`. */
  apply(w: Float64Array, x: Float64Array, y: Float64Array): void;
  /** `x += w' y`, the adjoint in x. */
  pullInput(w: Float64Array, y: Float64Array, x: Float64Array): void;
  /** `w += y x'`, the adjoint in w. */
  pullWeight(y: Float64Array, x: Float64Array, w: Float64Array): void;
}

/** What an affine layer's parameters are. */
export interface AffineShape {
  /** Positions of the output that share a channel's bias (1 for a linear layer). */
  readonly positions: number;
  readonly weights: number;
}

/**
 * A layer y = w * x + b, or w * x, whatever the product. As it is linear in w and in x alike, its tangents are the same
 * products again:
 *
 *     R{y} = R{w} * x + w * R{x} + R{b}
 *     R{gx} = w' R{gy} + R{w}' gy,   R{gw} = R{gy} x' + gy R{x}',   R{gb} = sum R{gy}
 */
export function affineLayer(
  { positions, weights }: AffineShape,
  { apply, pullInput, pullWeight }: BilinearProduct,
): ReferencePasses {
  const weight = (params: Float64Array) => params.subarray(0, weights);
  const bias = (params: Float64Array) => params.subarray(weights);
  return {
    forward({ params, x, y }) {
      setBias(bias(params), positions, y);
      apply(weight(params), x, y);
    },
    tangent(at, { params, x, y }, inputsFixed) {
      setBias(bias(params), positions, y);
      if (moves(weight(params))) apply(weight(params), at.x, y);
      if (!inputsFixed && moves(x)) apply(weight(at.params), x, y);
    },
    backward(at, { params, x, y }, inputsFixed) {
      if (!inputsFixed) pullInput(weight(at.params), y, x.fill(0));
      pullWeight(y, at.x, weight(params).fill(0));
      sumBias(y, positions, bias(params));
    },
    backwardTangent(at, tangent, gradient, { params, x, y }, inputsFixed) {
      pullWeight(y, at.x, weight(params).fill(0));
      sumBias(y, positions, bias(params));
      if (inputsFixed) return;
      if (moves(tangent.x)) pullWeight(gradient.y, tangent.x, weight(params));
      pullInput(weight(at.params), y, x.fill(0));
      if (moves(weight(tangent.params))) pullInput(weight(tangent.params), gradient.y, x);
    },
  };
}

/**
 * Whether a tangent has anything in it: a column of a Hessian moves one parameter, and most products would add zeros.
 */
function moves(tangent: Float64Array): boolean {
  for (let i = 0; i < tangent.length; i++) if (tangent[i] !== 0) return true;
  return false;
}

function setBias(bias: Float64Array, positions: number, y: Float64Array): void {
  if (!moves(bias)) {
    y.fill(0);
    return;
  }
  for (let at = 0; at < y.length; ) {
    for (const b of bias) {
      for (let i = 0; i < positions; i++) y[at++] = b;
    }
  }
}

function sumBias(y: Float64Array, positions: number, bias: Float64Array): void {
  if (bias.length === 0) return;
  bias.fill(0);
  for (let at = 0; at < y.length; ) {
    for (let channel = 0; channel < bias.length; channel++) {
      let sum = y[at++]!;
      for (let i = 1; i < positions; i++) sum += y[at++]!;
      bias[channel]! += sum;
    }
  }
}
