import type { Arena } from '../arena.js';
import type { Kernels } from '../kernels.js';
import type { ParameterBlock } from '../parameters.js';
import { product, type ShapedLayer } from '../shapes.js';

/**
 * How the activations of a micro-batch lie in memory.
 * `features`: [feature][stride], samples contiguous: for linear layers. `samples`: [sample][y][x][channel]: for convolution and pooling.
 */
export type Layout = 'features' | 'samples';

/** What the samples of a data set are made of: bytes (images, standing for byte / 255) or float32 values. */
export type InputKind = 'bytes' | 'floats';

/** The activations between two layers. Addresses of float arrays; `grad` is 0 where no gradient is wanted (the input of a network). */
export interface Tensor {
  readonly shape: readonly number[];
  readonly layout: Layout;
  readonly value: number;
  readonly grad: number;
  /**
   * The slope of the leaky ReLU whose output this is, where the layer that reads it multiplies its gradient by the derivative
   * (so `grad` holds the gradient before the activation).
   */
  readonly maskSlope?: number;
  /** For images from bytes: 64-bit words that tell the non-zero pixels of each row (kernel `imageRowMasks`). */
  readonly rowMasks?: number;
}

/** What one run through the layers is about. */
export interface Pass {
  /** Samples in this micro-batch, and the same rounded up to a multiple of 8. */
  samples: number;
  padded: number;
  /** Floats from one feature to the next in the `features` layout: `padded`, off multiples of 64. */
  stride: number;
  /** Index in the batch of the micro-batch's first sample. */
  first: number;
  /** Optimizer steps taken before, from 0: names the dropout masks. */
  step: number;
  training: boolean;
  /** Add to the gradients (a micro-batch after the first) instead of setting them. */
  accumulate: boolean;
  /** The batch's last micro-batch: gradients are complete after it. */
  last: boolean;
}

/** What layers are planned with. */
export interface PlanContext {
  readonly kernels: Kernels;
  readonly arena: Arena;
  readonly inputs: InputKind;
  /** Most samples of a micro-batch, a multiple of 8. */
  readonly capacity: number;
  /** Largest `stride` of a pass: room to take for each feature. */
  readonly maxStride: number;
  /** The parameter blocks of a layer, weight then bias. */
  parametersOf(layer: ShapedLayer): readonly [weight: ParameterBlock, bias: ParameterBlock];
  /** Moves the parameters [start, start + length) by the optimizer, as soon as their gradient is complete; does nothing when only gradients are wanted. */
  update(start: number, length: number): void;
  /** Key of the dropout masks. */
  readonly dropoutKey: readonly [number, number];
}

/** A layer with its place in memory. `backward` reads output.grad, writes input.grad and the gradients of its parameters, and updates these after the last micro-batch. */
export interface PlannedLayer {
  readonly name: string;
  readonly output: Tensor;
  forward(pass: Pass): void;
  backward(pass: Pass): void;
}

/** A new tensor in the `features` layout. */
export function featureTensor(
  context: PlanContext,
  shape: readonly number[],
  rows: number,
  maskSlope?: number,
): Tensor {
  const value = context.arena.floats(rows * context.maxStride);
  const grad = context.arena.floats(rows * context.maxStride);
  return { shape, layout: 'features', value, grad, ...(maskSlope === undefined ? {} : { maskSlope }) };
}

/** A new tensor in the `samples` layout. */
export function sampleTensor({ arena, capacity }: PlanContext, shape: readonly number[], withGrad: boolean): Tensor {
  const floats = product(shape) * capacity;
  return { shape, layout: 'samples', value: arena.floats(floats), grad: withGrad ? arena.floats(floats) : 0 };
}

/** A new tensor of the same shape and layout as another; it has a gradient where that one has. */
export function tensorLike(tensor: Tensor, { arena, maxStride, capacity }: PlanContext): Tensor {
  const floats = product(tensor.shape) * (tensor.layout === 'features' ? maxStride : capacity);
  const value = arena.floats(floats);
  return { shape: tensor.shape, layout: tensor.layout, value, grad: tensor.grad === 0 ? 0 : arena.floats(floats) };
}

/** Number of floats that an element-wise kernel goes over for this micro-batch, a multiple of 4. */
export function tensorFloats({ shape, layout }: Tensor, { samples, stride }: Pass): number {
  const features = product(shape);
  return layout === 'features' ? features * stride : Math.ceil((features * samples) / 4) * 4;
}
