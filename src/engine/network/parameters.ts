import { once } from '../../base/once.js';
import type { Kernels } from '../bindings/kernels.js';
import { type ParameterShape, product } from '../layers/shape.js';
import type { Arena } from './arena.js';

/**
 * How one parameter tensor lies in the engine: where element i of PyTorch's row-major order is found, and how many
 * floats it takes.
 */
export interface ParameterLayout {
  readonly length: number;
  /** Indices in the engine of PyTorch's elements; absent where the orders agree. Shapes: result [elements] */
  readonly order?: () => Int32Array;
}

/** A parameter tensor at its place: the same offset in values, gradients and every optimizer array. */
export interface ParameterBlock extends ParameterShape {
  readonly size: number;
  /** First float, and number of floats with padding (a multiple of 4; padding is 0 and stays 0). */
  readonly start: number;
  readonly length: number;
  /**
   * Of PyTorch's elements, their indices in the engine from `start`; absent where the orders agree. Made when it is
   * first read: by then the parameters have memory, so their number is one that can be laid out.
   * Shapes: result [size]
   */
  readonly order?: () => Int32Array;
  readonly value: number;
  readonly grad: number;
  readonly tangent: number;
  readonly product: number;
}

/** All parameters of a network: `count` of PyTorch's, `length` floats with padding, at `value` and `grad`. */
export interface Parameters {
  readonly blocks: readonly ParameterBlock[];
  readonly count: number;
  readonly length: number;
  readonly value: number;
  readonly grad: number;
  /**
   * The direction in which parameters move, and the product of the Hessian with it; 0 in networks made without
   * curvature.
   */
  readonly tangent: number;
  readonly product: number;
}

/** A parameter tensor and how it shall lie. */
export interface WantedTensor extends ParameterShape {
  readonly layout: ParameterLayout;
}

/**
 * Lays out all parameters of a network, one behind the other. Those of a network made with `curvature` have tangents.
 */
export function placeParameters(
  tensors: readonly WantedTensor[],
  { arena, curvature }: { readonly arena: Arena; readonly curvature: boolean },
): Parameters {
  let length = 0;
  const placed = tensors.map(({ layout, ...tensor }) => {
    const start = length;
    length += Math.ceil(layout.length / 4) * 4;
    const size = product(tensor.shape);
    return { ...tensor, ...(layout.order && { order: once(layout.order) }), size, start, length: length - start };
  });
  const take = (wanted: boolean): number => (wanted ? arena.floats(length) : 0);
  const regions = { value: take(true), grad: take(true), tangent: take(curvature), product: take(curvature) };
  const at = (region: number, start: number): number => region + 4 * start;
  const blocks = placed.map((block) => ({
    ...block,
    value: at(regions.value, block.start),
    grad: at(regions.grad, block.start),
    tangent: at(regions.tangent, block.start),
    product: at(regions.product, block.start),
  }));
  return { blocks, count: blocks.reduce((total, block) => total + block.size, 0), length, ...regions };
}

/**
 * Copies a region laid out like the parameters (values, gradients, moments) into PyTorch's flat order.
 * Shapes: result [count].
 */
export function exportParameters(parameters: Parameters, kernels: Kernels, region: number): Float32Array<ArrayBuffer> {
  const source = new Float32Array(kernels.memory.buffer, region, parameters.length);
  const result = new Float32Array(parameters.count);
  let at = 0;
  for (const { start, size, order: orderOf } of parameters.blocks) {
    const order = orderOf?.();
    if (order) for (let i = 0; i < size; i++) result[at + i] = source[start + order[i]!]!;
    else result.set(source.subarray(start, start + size), at);
    at += size;
  }
  return result;
}

/**
 * Copies values in PyTorch's flat order into a region laid out like the parameters. Shapes: values [count]
 * @throws RangeError if the number of values is not the network's number of parameters
 */
export function importParameters(parameters: Parameters, kernels: Kernels, region: number, values: Float32Array): void {
  if (values.length !== parameters.count) {
    throw new RangeError(`parameters: expected ${parameters.count} values, got ${values.length}`);
  }
  const target = new Float32Array(kernels.memory.buffer, region, parameters.length);
  let at = 0;
  for (const { start, size, order: orderOf } of parameters.blocks) {
    const order = orderOf?.();
    if (order) for (let i = 0; i < size; i++) target[start + order[i]!] = values[at + i]!;
    else target.set(values.subarray(at, at + size), start);
    at += size;
  }
}
