import type { Arena } from './arena.js';
import { type Batch, loadByteRows, loadFeatureRows, loadImages } from './inputs.js';
import type { Kernels } from './kernels.js';
import { planDropout, planLeakyRelu, planTanh } from './layers/activation.js';
import type { Pass, PlanContext, PlannedLayer, Tensor } from './layers/layer.js';
import { type FusedActivation, linearLayout, planLinear } from './layers/linear.js';
import {
  type ByteImages,
  planByteImages,
  planSparseLinear,
  sparseBiasLayout,
  sparseWeightLayout,
} from './layers/sparse-linear.js';
import type { NetworkSpec } from './network-spec.js';
import { defaultLeakySlope, type LayerSpec } from './network-spec.js';
import { type ParameterLayout, type Parameters, placeParameters } from './parameters.js';
import { inferShapes, type ParameterShape, product, type ShapedLayer } from './shapes.js';

/** What the samples of a data set are made of: bytes (images, byte / 255) or float32 values. */
export type InputKind = 'bytes' | 'floats';

/** A network laid out in memory: how a batch gets in, the layers in order, and the parameters. */
export interface Plan {
  readonly layers: readonly PlannedLayer[];
  readonly parameters: Parameters;
  load(batch: Batch, pass: Pass): void;
}

/** What a plan needs beside the network. */
export interface PlanOptions {
  readonly kernels: Kernels;
  readonly arena: Arena;
  readonly inputs: InputKind;
  readonly capacity: number;
  readonly dropoutKey: readonly [number, number];
  update(start: number, length: number): void;
}

/** Floats from one feature to the next for a micro-batch of `padded` samples: off multiples of 64, or rows would share cache sets. */
export const strideOf = (padded: number): number => (padded % 64 === 0 ? padded + 8 : padded);

/** Lays a network out: chooses each layer's kernels and takes its memory. */
export function planNetwork(spec: NetworkSpec, options: PlanOptions): Plan {
  const shaped = inferShapes(spec);
  const sparse = options.inputs === 'bytes' ? sparseFirstLayer(shaped) : undefined;
  const parameters = placeParameters(
    shaped,
    (layer, parameter) => layoutOf(layer, parameter, layer === sparse),
    options.arena,
  );
  const context: PlanContext = {
    ...options,
    maxStride: options.capacity + 8,
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
  const { kernels, arena, capacity, maxStride } = context;
  const features = product(spec.input);
  const firstReal = spec.layers.findIndex((layer) => layer.kind !== 'flatten');
  const consumed = firstReal < 0 ? spec.layers.length : firstReal;
  if (sparse) {
    const images = planByteImages(features, context);
    return { input: images, load: (batch) => loadByteRows(batch, images, kernels), consumed };
  }
  if (spec.input.length === 3 && consumed === 0) {
    const value = arena.floats(features * capacity);
    return {
      input: { shape: spec.input, layout: 'samples', value, grad: 0 },
      load: (batch) => loadImages(batch, value, kernels),
      consumed,
    };
  }
  const value = arena.floats(features * maxStride);
  return {
    input: { shape: [features], layout: 'features', value, grad: 0 },
    load: (batch, pass) => loadFeatureRows(batch, batch.data.inputs, features, value, pass.stride, kernels),
    consumed,
  };
}

function planLayers(
  layers: readonly ShapedLayer[],
  input: Tensor | ByteImages,
  context: PlanContext,
): readonly PlannedLayer[] {
  const planned: PlannedLayer[] = [];
  let from = input;
  for (let i = 0; i < layers.length; i++) {
    const layer = layers[i]!;
    const activation =
      layer.spec.kind === 'linear' ? fusedActivation(layers[i + 1]?.spec, layers[i + 2]?.spec) : undefined;
    const next =
      'layout' in from
        ? planLayer(layer, from, activation, context)
        : planSparseLinear(layer, from, activation, context);
    planned.push(next);
    from = next.output;
    if (activation) i++;
  }
  return planned;
}

/** The activation after a linear layer, if it is one that is computed together with it; `reader` is the layer after that. */
function fusedActivation(spec: LayerSpec | undefined, reader: LayerSpec | undefined): FusedActivation | undefined {
  const slope = slopeOf(spec);
  return slope === undefined ? undefined : { slope, maskedByReader: reader?.kind === 'linear' };
}

function slopeOf(spec: LayerSpec | undefined): number | undefined {
  if (spec?.kind === 'relu') return 0;
  return spec?.kind === 'leakyRelu' ? (spec.slope ?? defaultLeakySlope) : undefined;
}

function planLayer(
  layer: ShapedLayer,
  input: Tensor,
  activation: FusedActivation | undefined,
  context: PlanContext,
): PlannedLayer {
  const { spec } = layer;
  switch (spec.kind) {
    case 'linear':
      return planLinear(layer, input, activation, context);
    case 'relu':
    case 'leakyRelu':
      return planLeakyRelu(layer, slopeOf(spec)!, input, context);
    case 'tanh':
      return planTanh(layer, input, context);
    case 'dropout':
      return planDropout(layer, spec.rate, input, context);
    default:
      throw new Error(`${spec.kind}`);
  }
}
