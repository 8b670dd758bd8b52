import { fuse, type Unit } from '../fusion.js';
import { planTranspose } from '../layers/flatten/planned.js';
import { planByteImages } from '../layers/linear/sparse.js';
import {
  type Pass,
  type PlacedLayer,
  type PlanContext,
  type PlannedLayer,
  sampleTensor,
  type Tensor,
} from '../layers/planned.js';
import { product, type Shape } from '../layers/shape.js';
import type { NetworkSpec } from '../network-spec.js';
import { inferShapes, type ShapedLayer } from '../shapes.js';
import { type Batch, loadByteRows, loadFeatureRows, loadImages } from './inputs.js';
import { type ParameterBlock, type Parameters, placeParameters } from './parameters.js';

/** A network laid out in memory: how a batch gets in, the layers in order, and the parameters. */
export interface Plan {
  readonly layers: readonly PlannedLayer[];
  readonly parameters: Parameters;
  load(batch: Batch, pass: Readonly<Pass>): void;
}

/**
 * Floats from one feature to the next for a micro-batch of `padded` samples: off multiples of 64, or rows would share
 * cache sets.
 */
export const strideOf = (padded: number): number => (padded % 64 === 0 ? padded + 8 : padded);

/** Lays a network out: chooses each layer's kernels and takes its memory. */
export function planNetwork(spec: NetworkSpec, context: PlanContext): Plan {
  const shaped = inferShapes(spec);
  const real = afterFlattening(shaped);
  const units = fuse(real, context.inputs);
  const parameters = placeParameters(units.flatMap(wantedTensors), context);
  const placed = placeUnits(units, parameters.blocks);
  const { layers, load } = planUnits(spec, real.length === shaped.length, placed, context);
  const last = layers.at(-1)!.output;
  const closing = last.layout === 'samples' ? [planTranspose('flatten for the loss', last, context)] : [];
  return { layers: [...layers, ...closing], parameters, load };
}

/** The layers without flatten at the start, which the way of loading has already done. */
const afterFlattening = (layers: readonly ShapedLayer[]): readonly ShapedLayer[] =>
  layers.slice(layers.findIndex(({ spec }) => spec.kind !== 'flatten'));

const wantedTensors = ({ layers, layoutOf }: Unit) =>
  layers.flatMap(({ parameters }) => parameters.map((tensor) => ({ ...tensor, layout: layoutOf(tensor.shape) })));

/** A unit whose parameters have their places. */
interface PlacedUnit {
  readonly unit: Unit;
  readonly placed: readonly PlacedLayer[];
}

/** Hands each layer its blocks, by the names that its kind has for them. Shapes: blocks in the order of the layers */
function placeUnits(units: readonly Unit[], blocks: readonly ParameterBlock[]): readonly PlacedUnit[] {
  let taken = 0;
  const place = (layer: ShapedLayer): PlacedLayer => {
    const own = blocks.slice(taken, taken + layer.parameters.length);
    taken += own.length;
    return {
      ...layer,
      blocks: Object.fromEntries(own.map((block) => [block.name.slice(`${layer.index}.`.length), block])),
      range: { start: own[0]?.start ?? 0, length: own.reduce((sum, { length }) => sum + length, 0) },
    };
  };
  return units.map((unit) => ({ unit, placed: unit.layers.map(place) }));
}

/** `whole`: no layer was taken off the start. */
function planUnits(
  spec: NetworkSpec,
  whole: boolean,
  units: readonly PlacedUnit[],
  context: PlanContext,
): Pick<Plan, 'layers' | 'load'> {
  const layers: PlannedLayer[] = [];
  let load: Plan['load'] | undefined;
  for (const { unit, placed } of units) {
    if (unit.planner.reads === 'samples') {
      const loading = unit.planner.plan(placed, context);
      load = loading.load;
      layers.push(loading);
    } else {
      const loaded = layers.length === 0 ? planInput(spec.input, whole, context) : undefined;
      load ??= loaded?.load;
      layers.push(unit.planner.plan(placed, loaded?.input ?? layers.at(-1)!.output, context));
    }
  }
  return { layers, load: load! };
}

interface PlannedInput {
  readonly input: Tensor;
  readonly load: Plan['load'];
}

/** Images stay images, unless flatten comes first: then each pixel is a feature. */
function planInput(shape: Shape, whole: boolean, context: PlanContext): PlannedInput {
  if (shape.length === 3 && whole) return planImages(shape, context);
  const size = product(shape);
  const value = context.arena.floats(size * context.maxStride);
  return {
    input: { shape: [size], size, layout: 'features', value, grad: 0, tangent: 0, tangentGrad: 0 },
    load: (batch, { stride }) => loadFeatureRows(batch, batch.data.inputs, size, value, stride, context.kernels),
  };
}

/** Images in the `samples` layout; one-channel bytes of at most 64 columns also have words that mark pixels. */
function planImages(shape: Shape, context: PlanContext): PlannedInput {
  const { kernels, arena, capacity } = context;
  const [channels = 0, height = 0, width = 0] = shape;
  const input = sampleTensor(context, shape, false);
  if (context.inputs === 'floats' || channels > 1 || width > 64) {
    return { input, load: (batch) => loadImages(batch, input.value, kernels) };
  }
  const images = planByteImages(height * width, context);
  const rowMasks = arena.bytes(8 * capacity * height);
  return {
    input: { ...input, rowMasks },
    load(batch, { samples }) {
      loadByteRows(batch, images, kernels);
      kernels.imagesToFloats(images.pointer, images.stride, input.value, samples, height * width);
      kernels.imageRowMasks(images.pointer, images.stride, rowMasks, samples, height, width);
    },
  };
}
