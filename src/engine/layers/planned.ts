import type { SpecOf } from '../../base/fields.js';
import type { Kernels } from '../bindings/kernels.js';
import type { Call, Pass } from '../bindings/pass.js';
import type { Arena } from '../network/arena.js';
import type { Batch } from '../network/inputs.js';
import type { ParameterBlock } from '../network/parameters.js';
import type { LayerKind, TensorShape, TensorShapes } from './kind.js';
import { product, type Shape } from './shape.js';

export type { Call, Pass } from '../bindings/pass.js';

/**
 * How the activations of a micro-batch lie in memory.
 * `features`: [feature][stride], samples contiguous: for linear layers. `samples`: [sample][y][x][channel]: for
 * convolution and pooling.
 */
export type Layout = 'features' | 'samples';

/** What the samples of a data set are made of: bytes (images, standing for byte / 255) or float32 values. */
export type InputKind = 'bytes' | 'floats';

/**
 * The activations between two layers. Addresses of float arrays; `grad` is 0 where no gradient is wanted (the input of
 * a network).
 */
export interface Tensor {
  readonly shape: Shape;
  /** Values of one sample: the product of the shape. */
  readonly size: number;
  readonly layout: Layout;
  readonly value: number;
  readonly grad: number;
  /**
   * Derivatives of `value` and `grad` as the parameters move along a direction: for products with the Hessian
   * (Pearlmutter 1994). 0 in networks made without curvature; `tangent` is 0 for the input, which does not move.
   */
  readonly tangent: number;
  readonly tangentGrad: number;
  /**
   * The slope of the leaky ReLU whose output this is, where the layer that reads it multiplies its gradient by the
   * derivative (so `grad` holds the gradient before the activation).
   */
  readonly maskSlope?: number;
  /**
   * True for the output of the first layer: its gradient moves parameters and goes no further, so it need not be kept
   * out of the denormals.
   */
  readonly gradEnds?: boolean;
  /** For images from bytes: 64-bit words that mark the non-zero pixels of each row (kernel `imageRowMasks`). */
  readonly rowMasks?: number;
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
  /** Key of the dropout masks. */
  readonly dropoutKey: readonly [number, number];
}

/** The places of a layer's parameters, by the names that its kind has for them. */
export type Blocks<T extends TensorShapes> = {
  readonly [N in keyof T]: T[N] extends TensorShape ? ParameterBlock : ParameterBlock | undefined;
};

/** A layer whose shapes and whose parameters' places are known. */
export interface PlacedLayer<Spec = unknown, T extends TensorShapes = TensorShapes> {
  readonly spec: Spec;
  readonly index: number;
  readonly input: Shape;
  readonly output: Shape;
  readonly blocks: Blocks<T>;
  /** All of its parameters: they lie one behind the other. */
  readonly range: ParameterRange;
}

/** A placed layer of a kind. */
export type PlacedOf<K> = K extends LayerKind<string, infer F, infer T> ? PlacedLayer<SpecOf<F>, T> : never;

/** Parameters [start, start + length) of all that a network has, in floats with padding. */
export interface ParameterRange {
  readonly start: number;
  readonly length: number;
}

/**
 * Moves the parameters [start, start + length) by the optimizer.
 * `gradient`: where their gradient begins among all gradients: at `start`, unless a layer keeps it elsewhere.
 */
export type Update = (start: number, length: number, gradient: number) => void;

/** A layer with its place in memory. */
export interface PlannedLayer {
  readonly name: string;
  readonly output: Tensor;
  /** output.value from input.value. */
  forward(pass: Readonly<Pass>): void;
  /**
   * input.grad and the gradients of the parameters from output.grad. After the last micro-batch it calls `update`,
   * where given, for its parameters; `keepGradients`: whether their gradients are read after that.
   */
  backward(pass: Readonly<Pass>, update: Update | undefined, keepGradients: boolean): void;
  /** output.tangent from input.tangent and the direction of the parameters; after `forward`, dropout off. */
  tangentForward(pass: Readonly<Pass>): void;
  /**
   * input.tangentGrad and the product's part of the parameters from output.tangentGrad; after `backward`.
   * `gaussNewton` leaves out the terms of the layers' own second derivatives: what is left is J' applied to
   * output.tangentGrad.
   */
  tangentBackward(pass: Readonly<Pass>, gaussNewton: boolean): void;
}

/** A first layer that reads the samples themselves. */
export interface LoadingLayer extends PlannedLayer {
  /** Brings the samples of a micro-batch in. */
  load(batch: Batch, pass: Readonly<Pass>): void;
}

/** What a layer does where nothing before it asks for it. */
export const nothing: Call = () => {};

/** A new tensor in the `features` layout, with room for `rows` features. */
export function featureTensor(
  context: PlanContext,
  shape: Shape,
  rows: number,
  gradient: Pick<Tensor, 'maskSlope' | 'gradEnds'> = {},
): Tensor {
  return { ...newTensor(context, shape, 'features', rows * context.maxStride, true), ...gradient };
}

/** A new tensor in the `samples` layout. `withGrad`: something before it has parameters. */
export const sampleTensor = (context: PlanContext, shape: Shape, withGrad: boolean): Tensor =>
  newTensor(context, shape, 'samples', product(shape) * context.capacity, withGrad);

/** A new tensor of the same shape and layout as another; it has a gradient where that one has. */
export function tensorLike({ shape, layout, grad }: Tensor, context: PlanContext): Tensor {
  const columns = layout === 'features' ? context.maxStride : context.capacity;
  return newTensor(context, shape, layout, product(shape) * columns, grad !== 0);
}

function newTensor(
  { arena, curvature }: PlanContext,
  shape: Shape,
  layout: Layout,
  floats: number,
  withGrad: boolean,
): Tensor {
  const take = (wanted: boolean): number => (wanted ? arena.floats(floats) : 0);
  const value = take(true);
  return {
    shape,
    size: product(shape),
    layout,
    value,
    grad: take(withGrad),
    tangent: take(withGrad && curvature),
    tangentGrad: take(withGrad && curvature),
  };
}

/** Number of floats that an element-wise kernel goes over for this micro-batch, a multiple of 4. */
export function tensorFloats({ size, layout }: Tensor, { samples, stride }: Readonly<Pass>): number {
  return layout === 'features' ? size * stride : Math.ceil((size * samples) / 4) * 4;
}
