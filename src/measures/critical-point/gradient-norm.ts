import { type ParameterShape, product } from '../../engine/shapes.js';

/** The Euclidean norm of a part of a gradient. */
export interface NamedNorm {
  readonly name: string;
  readonly norm: number;
}

/** Norms of a gradient, as a whole and in parts. */
export interface GradientNorms {
  /** sqrt(sum of all squares). */
  readonly gradNorm: number;
  /** One a tensor, by PyTorch's name ("0.weight"). */
  readonly tensors: readonly NamedNorm[];
  /** One a layer ("0"): weight and bias together. */
  readonly layers: readonly NamedNorm[];
  /**
   * The mean of the tensors' norms. For a minibatch's gradient this is what the report calls "sensitivity"; averaging
   * alone makes it fall with the batch size, and it says nothing about the network's response to its inputs: that is
   * `inputSensitivity`.
   */
  readonly meanTensorGradNorm: number;
}

/**
 * Norms of a flat gradient in PyTorch's order.
 *
 *     gradNorm = sqrt(sum_p sum_i (dL / dtheta_{p,i})^2)
 *
 * Shapes: gradient [parameterCount]. Range: at least 0. Cost: one pass.
 * Reference: Goodfellow, Bengio & Courville 2016, Deep Learning, chapter 8.
 * @throws RangeError if the gradient's length is not that of the tensors, or there is none
 */
export function gradientNorms(gradient: ArrayLike<number>, shapes: readonly ParameterShape[]): GradientNorms {
  const count = shapes.reduce((total, { shape }) => total + product(shape), 0);
  if (count === 0 || gradient.length !== count) {
    throw new RangeError(`gradientNorms: expected a gradient of ${count} numbers (at least 1), got ${gradient.length}`);
  }
  let at = 0;
  const squares = shapes.map(({ name, shape }) => {
    let sum = 0;
    for (const end = at + product(shape); at < end; at++) sum += gradient[at]! * gradient[at]!;
    return { name, sum };
  });
  const layers = new Map<string, number>();
  for (const { name, sum } of squares) {
    const layer = name.slice(0, name.lastIndexOf('.'));
    layers.set(layer, (layers.get(layer) ?? 0) + sum);
  }
  const tensors = squares.map(({ name, sum }) => ({ name, norm: Math.sqrt(sum) }));
  return {
    gradNorm: Math.sqrt(squares.reduce((total, { sum }) => total + sum, 0)),
    tensors,
    layers: [...layers].map(([name, sum]) => ({ name, norm: Math.sqrt(sum) })),
    meanTensorGradNorm: tensors.reduce((total, { norm }) => total + norm, 0) / tensors.length,
  };
}
