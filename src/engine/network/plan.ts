import { planDropout, planLeakyRelu, planTanh } from '../layers/activation.js';
import { type ConvolutionTail, planConv2d, planMaxPool2d } from '../layers/conv2d.js';
import { planFlatten, planFlattenInPlace } from '../layers/flatten.js';
import { type Pass, type PlanContext, type PlannedLayer, sampleTensor, type Tensor } from '../layers/layer.js';
import { linearLayout, planLinear } from '../layers/linear.js';
import {
  type ByteImages,
  planByteImages,
  planSparseLinear,
  sparseBiasLayout,
  sparseWeightLayout,
} from '../layers/sparse-linear.js';
import type { NetworkSpec } from '../network-spec.js';
import { defaultLeakySlope, type LayerSpec } from '../network-spec.js';
import { inferShapes, type ParameterShape, product, type ShapedLayer } from '../shapes.js';
import { type Batch, loadByteRows, loadFeatureRows, loadImages } from './inputs.js';
import { type ParameterLayout, type Parameters, placeParameters } from './parameters.js';

/** A network laid out in memory: how a batch gets in, the layers in order, and the parameters. */
export interface Plan {
  readonly layers: readonly PlannedLayer[];
  readonly parameters: Parameters;
  load(batch: Batch, pass: Pass): void;
}

/** What a plan needs beside the network. */
export type PlanOptions = Omit<PlanContext, 'parametersOf'>;

/** Floats from one feature to the next for a micro-batch of `padded` samples: off multiples of 64, or rows would share cache sets. */
export const strideOf = (padded: number): number => (padded % 64 === 0 ? padded + 8 : padded);

/** Lays a network out: chooses each layer's kernels and takes its memory. */
export function planNetwork(spec: NetworkSpec, options: PlanOptions): Plan {
  const shaped = inferShapes(spec);
  const sparse = options.inputs === 'bytes' ? sparseFirstLayer(shaped) : undefined;
  const parameters = placeParameters(
    shaped,
    (layer, parameter) => layoutOf(layer, parameter, layer === sparse),
    options,
  );
  const context: PlanContext = {
    ...options,
    parametersOf(layer) {
      const first = parameters.blocks.findIndex((block) => block.name === layer.parameters[0]?.name);
      return [parameters.blocks[first]!, parameters.blocks[first + 1]!];
    },
  };
  const { input, load, consumed } = planInput(spec, sparse, context);
  return { layers: planLayers(shaped.slice(consumed), input, context), parameters, load };
}

/** The linear layer that reads the bytes of the input itself (with nothing but flatten before it), if there is one. */
function sparseFirstLayer(layers: readonly ShapedLayer[]): ShapedLayer | undefined {
  const first = layers.find((layer) => layer.spec.kind !== 'flatten');
  return first?.spec.kind === 'linear' ? first : undefined;
}

function layoutOf(layer: ShapedLayer, parameter: ParameterShape, sparse: boolean): ParameterLayout {
  const size = product(parameter.shape);
  if (!sparse) return linearLayout(size);
  const outputs = layer.output[0]!;
  return parameter.shape.length === 2 ? sparseWeightLayout(outputs, product(layer.input)) : sparseBiasLayout(outputs);
}

interface PlannedInput {
  readonly input: Tensor | ByteImages;
  load(batch: Batch, pass: Pass): void;
  /** Layers that the way of loading has already done: flatten at the start. */
  readonly consumed: number;
}

function planInput(spec: NetworkSpec, sparse: ShapedLayer | undefined, context: PlanContext): PlannedInput {
  const { kernels, arena, maxStride } = context;
  const features = product(spec.input);
  const firstReal = spec.layers.findIndex((layer) => layer.kind !== 'flatten');
  const consumed = firstReal < 0 ? spec.layers.length : firstReal;
  if (sparse) {
    const images = planByteImages(features, context);
    return { input: images, load: (batch) => loadByteRows(batch, images, kernels), consumed };
  }
  if (spec.input.length === 3 && consumed === 0) return { ...planImages(spec.input, context), consumed };
  const value = arena.floats(features * maxStride);
  return {
    input: { shape: [features], layout: 'features', value, grad: 0, tangent: 0, tangentGrad: 0 },
    load: (batch, pass) => loadFeatureRows(batch, batch.data.inputs, features, value, pass.stride, kernels),
    consumed,
  };
}

/** Images in the `samples` layout; one-channel bytes of at most 64 columns also tell which pixels are not zero. */
function planImages(shape: readonly number[], context: PlanContext): Omit<PlannedInput, 'consumed'> {
  const { kernels, arena, capacity } = context;
  const [channels, height, width] = shape as [number, number, number];
  const pixels = height * width;
  const tensor = sampleTensor(context, shape, false);
  if (context.inputs === 'floats' || channels > 1 || width > 64) {
    return { input: tensor, load: (batch) => loadImages(batch, tensor.value, kernels) };
  }
  const images = planByteImages(pixels, context);
  const rowMasks = arena.bytes(8 * capacity * height);
  return {
    input: { ...tensor, rowMasks },
    load(batch, { samples }) {
      loadByteRows(batch, images, kernels);
      kernels.imagesToFloats(images.pointer, images.stride, tensor.value, samples, pixels);
      kernels.imageRowMasks(images.pointer, images.stride, rowMasks, samples, height, width);
    },
  };
}

function planLayers(
  layers: readonly ShapedLayer[],
  input: Tensor | ByteImages,
  context: PlanContext,
): readonly PlannedLayer[] {
  const planned: PlannedLayer[] = [];
  let from = input;
  for (let i = 0; i < layers.length; ) {
    const { layer, consumed } = planNext(layers.slice(i), from, context);
    planned.push(layer);
    from = layer.output;
    i += consumed;
  }
  if ('layout' in from && from.layout === 'samples') planned.push(planFlatten('flatten for the loss', from, context));
  return planned;
}

/** Plans the first of the layers, together with those behind it that are fused into it. */
function planNext(
  layers: readonly ShapedLayer[],
  from: Tensor | ByteImages,
  context: PlanContext,
): { layer: PlannedLayer; consumed: number } {
  const [layer, second, third] = layers as [ShapedLayer, ShapedLayer | undefined, ShapedLayer | undefined];
  const { spec } = layer;
  if (spec.kind === 'linear') {
    const slope = slopeOf(second?.spec);
    const activation = slope === undefined ? undefined : { slope, maskedByReader: third?.spec.kind === 'linear' };
    const planned =
      'layout' in from
        ? planLinear(layer, from, activation, context)
        : planSparseLinear(layer, from, activation, context);
    return { layer: planned, consumed: activation ? 2 : 1 };
  }
  if (!('layout' in from)) throw new Error(`plan: byte images go into a linear layer, got ${spec.kind}`);
  if (spec.kind === 'conv2d') {
    const { tail, consumed } = convolutionTail(second, third);
    return { layer: planConv2d(layer, tail, from, context), consumed };
  }
  return { layer: planLayer(layer, from, context), consumed: 1 };
}

/**
 * What is fused behind a convolution. ReLU before the pooling is computed after it: the largest value's ReLU is the largest ReLU, and where it is positive
 * both orders pass the gradient to the same position. (Leaky ReLU could round two values to one, so it keeps its place.)
 */
function convolutionTail(
  second: ShapedLayer | undefined,
  third: ShapedLayer | undefined,
): { tail: ConvolutionTail; consumed: number } {
  if (second?.spec.kind === 'relu' && third?.spec.kind === 'maxPool2d')
    return { tail: { pool: third, slope: 0 }, consumed: 3 };
  if (second?.spec.kind === 'maxPool2d') {
    const slope = slopeOf(third?.spec);
    return slope === undefined
      ? { tail: { pool: second }, consumed: 2 }
      : { tail: { pool: second, slope }, consumed: 3 };
  }
  const slope = slopeOf(second?.spec);
  return slope === undefined ? { tail: {}, consumed: 1 } : { tail: { slope }, consumed: 2 };
}

/** The slope of a relu (0) or leakyRelu; undefined for other layers. */
function slopeOf(spec: LayerSpec | undefined): number | undefined {
  if (spec?.kind === 'relu') return 0;
  return spec?.kind === 'leakyRelu' ? (spec.slope ?? defaultLeakySlope) : undefined;
}

function planLayer(layer: ShapedLayer, input: Tensor, context: PlanContext): PlannedLayer {
  const { spec } = layer;
  switch (spec.kind) {
    case 'relu':
    case 'leakyRelu':
      return planLeakyRelu(layer, slopeOf(spec)!, input, context);
    case 'tanh':
      return planTanh(layer, input, context);
    case 'dropout':
      return planDropout(layer, spec.rate, input, context);
    case 'maxPool2d':
      return planMaxPool2d(layer, spec.size, input, context);
    case 'flatten':
      return input.layout === 'samples'
        ? planFlatten(`${layer.index} flatten`, input, context)
        : planFlattenInPlace(layer, input);
    case 'linear':
    case 'conv2d':
      throw new Error(`plan: ${spec.kind} is planned together with the layers behind it`);
  }
}
