import type { LayerArrays, LayerPoint, ReferenceLayer } from '../layers/reference.js';

/** The arrays of a whole network: one set a layer, where the output rows of one are the input rows of the next. */
export interface NetworkArrays {
  /** All parameters, of which each layer holds its part. Shapes: [parameterCount]. */
  readonly params: Float64Array;
  /** Shapes: [n, inputs]. */
  readonly inputs: Float64Array;
  /** Shapes: [n, outputs]. */
  readonly outputs: Float64Array;
  readonly layers: readonly LayerArrays[];
}

/** The values of a network at one point. */
export interface NetworkPoint extends NetworkArrays {
  readonly layers: readonly LayerPoint[];
}

/**
 * Dropout masks by the index of their layer in the spec.
 * Shapes: each [n, features of the layer], values 0 or 1 / (1 - rate).
 */
export type DropoutMasks = ReadonlyMap<number, ArrayLike<number>>;

/**
 * Arrays around the given parameters and inputs (not copied); rows of the layers start at 0.
 * Shapes: params [parameterCount], inputs [n, inputs]
 */
export function allocate(
  layers: readonly ReferenceLayer[],
  params: Float64Array,
  inputs: Float64Array,
  masks?: DropoutMasks,
): NetworkPoint {
  const samples = inputs.length / layers[0]!.inputSize;
  let x = inputs;
  let start = 0;
  const points = layers.map((layer, index): LayerPoint => {
    const y = new Float64Array(samples * layer.outputSize);
    const point = { params: params.subarray(start, start + layer.parameterCount), x, y, mask: masks?.get(index) };
    x = y;
    start += layer.parameterCount;
    return point;
  });
  return { params, inputs, outputs: x, layers: points };
}

/** Arrays of the same shapes as those of a point, for tangents or gradients. */
export function allocateLike(layers: readonly ReferenceLayer[], { params, inputs }: NetworkArrays): NetworkArrays {
  return allocate(layers, new Float64Array(params.length), new Float64Array(inputs.length));
}

/** Outputs from parameters and inputs. */
export function forwardPass(layers: readonly ReferenceLayer[], at: NetworkPoint): void {
  layers.forEach((layer, i) => {
    layer.forward(at.layers[i]!);
  });
}

/** What moves, or has its gradient taken: parameters only, or the inputs as well. */
export type Moving = 'params' | 'params and inputs';

/** Tangents of the outputs from those of what moves: a Jacobian-vector product. */
export function tangentPass(
  layers: readonly ReferenceLayer[],
  at: NetworkPoint,
  tangent: NetworkArrays,
  moving: Moving,
): void {
  const first = firstMoving(layers, moving);
  for (let i = first; i < layers.length; i++) {
    layers[i]!.tangent(at.layers[i]!, tangent.layers[i]!, i === first && moving === 'params');
  }
}

/** Gradients of what moves from those of the outputs: a vector-Jacobian product. */
export function backwardPass(
  layers: readonly ReferenceLayer[],
  at: NetworkPoint,
  gradient: NetworkArrays,
  moving: Moving,
): void {
  const first = firstMoving(layers, moving);
  for (let i = layers.length - 1; i >= first; i--) {
    layers[i]!.backward(at.layers[i]!, gradient.layers[i]!, i === first && moving === 'params');
  }
}

/**
 * Tangents of the parameters' gradients, as the parameters move, from the tangent of the outputs' gradient: a
 * Hessian-vector product.
 */
export function backwardTangentPass(
  layers: readonly ReferenceLayer[],
  at: NetworkPoint,
  tangent: NetworkArrays,
  gradient: NetworkArrays,
  result: NetworkArrays,
): void {
  const first = firstMoving(layers, 'params');
  for (let i = layers.length - 1; i >= first; i--) {
    layers[i]!.backwardTangent(at.layers[i]!, tangent.layers[i]!, gradient.layers[i]!, result.layers[i]!, i === first);
  }
}

/** The first layer whose output moves: layers before any parameter stand still when only parameters move. */
function firstMoving(layers: readonly ReferenceLayer[], moving: Moving): number {
  const first = moving === 'params' ? layers.findIndex((layer) => layer.parameterCount > 0) : 0;
  return first === -1 ? layers.length : first;
}
