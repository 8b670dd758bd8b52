import type { Kernels } from '../bindings/kernels.js';
import type { Arena } from '../network/arena.js';
import type { ParameterBlock } from '../network/parameters.js';
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
   * Derivatives of `value` and `grad` as the parameters move along a direction: for products with the Hessian (Pearlmutter 1994).
   * 0 in networks made without curvature; `tangent` is 0 for the input, which does not move.
   */
  readonly tangent: number;
  readonly tangentGrad: number;
  /**
   * The slope of the leaky ReLU whose output this is, where the layer that reads it multiplies its gradient by the derivative
   * (so `grad` holds the gradient before the activation).
   */
  readonly maskSlope?: number;
  /** True for the output of the first layer: its gradient moves parameters and goes no further, so it need not be kept out of the denormals. */
  readonly gradEnds?: boolean;
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
  /** Whether gradients of parameters are read after the step, and not by the optimizer alone. */
  keepGradients: boolean;
}

/** What layers are planned with. */
export interface PlanContext {
  readonly kernels: Kernels;
  readonly arena: Arena;
  readonly inputs: InputKind;
  /** Most samples of a micro-batch, a multiple of 8. */
  readonly capacity: number;
  /** Whether room for tangents is taken. */
  readonly curvature: boolean;
  /** Largest `stride` of a pass: room to take for each feature. */
  readonly maxStride: number;
  /** The parameter blocks of a layer, weight then bias. */
  parametersOf(layer: ShapedLayer): readonly [weight: ParameterBlock, bias: ParameterBlock];
  /**
   * Moves the parameters [start, start + length) by the optimizer, as soon as their gradient is complete; does nothing when only gradients are wanted.
   * `gradient`: where that gradient begins among all gradients. Default: `start`
   */
  update(start: number, length: number, gradient?: number): void;
  /** Key of the dropout masks. */
  readonly dropoutKey: readonly [number, number];
}

/** A layer with its place in memory. `backward` reads output.grad, writes input.grad and the gradients of its parameters, and updates these after the last micro-batch. */
export interface PlannedLayer {
  readonly name: string;
  readonly output: Tensor;
  forward(pass: Pass): void;
  backward(pass: Pass): void;
  /** output.tangent from input.tangent and the direction of the parameters; after `forward`, dropout off. */
  tangentForward(pass: Pass): void;
  /**
   * input.tangentGrad and the product's part of the parameters from output.tangentGrad; after `backward`.
   * `gaussNewton` leaves out the terms of the layers' own second derivatives: what is left is J' applied to output.tangentGrad.
   */
  tangentBackward(pass: Pass, gaussNewton: boolean): void;
}

/** A new tensor in the `features` layout, with room for `rows` features. */
export function featureTensor(
  context: PlanContext,
  shape: readonly number[],
  rows: number,
  gradient: Pick<Tensor, 'maskSlope' | 'gradEnds'> = {},
): Tensor {
  return { ...newTensor(context, shape, 'features', rows * context.maxStride, true), ...gradient };
}

/** A new tensor in the `samples` layout. `withGrad`: something before it has parameters. */
export const sampleTensor = (context: PlanContext, shape: readonly number[], withGrad: boolean): Tensor =>
  newTensor(context, shape, 'samples', product(shape) * context.capacity, withGrad);

/** A new tensor of the same shape and layout as another; it has a gradient where that one has. */
export function tensorLike({ shape, layout, grad }: Tensor, context: PlanContext): Tensor {
  const columns = layout === 'features' ? context.maxStride : context.capacity;
  return newTensor(context, shape, layout, product(shape) * columns, grad !== 0);
}

function newTensor(
  { arena, curvature }: PlanContext,
  shape: readonly number[],
  layout: Layout,
  floats: number,
  withGrad: boolean,
): Tensor {
  const take = (wanted: boolean): number => (wanted ? arena.floats(floats) : 0);
  const value = take(true);
  return {
    shape,
    layout,
    value,
    grad: take(withGrad),
    tangent: take(withGrad && curvature),
    tangentGrad: take(withGrad && curvature),
  };
}

/** Number of floats that an element-wise kernel goes over for this micro-batch, a multiple of 4. */
export function tensorFloats({ shape, layout }: Tensor, { samples, stride }: Pass): number {
  const features = product(shape);
  return layout === 'features' ? features * stride : Math.ceil((features * samples) / 4) * 4;
}
