import { defaultLeakySlope } from './layers/activations/leaky-relu.js';
import type { conv2d } from './layers/conv2d/kind.js';
import { type ConvolutionTail, planConv2d } from './layers/conv2d/planned.js';
import type { LayerDefinition } from './layers/define.js';
import { type LayerSpec, layersByKind } from './layers/index.js';
import type { linear } from './layers/linear/kind.js';
import { type FusedActivation, planLinear } from './layers/linear/planned.js';
import { planSparseLinear, sparseLayout } from './layers/linear/sparse.js';
import type { maxPool2d } from './layers/max-pool2d/kind.js';
import type {
  InputKind,
  LoadingLayer,
  PlacedLayer,
  PlacedOf,
  PlanContext,
  PlannedLayer,
  Tensor,
} from './layers/planned.js';
import { product, type Shape } from './layers/shape.js';
import type { ParameterLayout } from './network/parameters.js';
import type { ShapedLayer } from './shapes.js';

/** Neighbouring layers that are computed together, first to last. */
export interface Unit {
  readonly layers: readonly ShapedLayer[];
  /** How their parameter tensors lie. */
  layoutOf(shape: Shape): ParameterLayout;
  readonly planner: Planner;
}

/** Plans a unit: one that reads a tensor, or the first of a network, which reads the samples themselves. */
export type Planner =
  | {
      readonly reads: 'tensor';
      plan(placed: readonly PlacedLayer[], input: Tensor, context: PlanContext): PlannedLayer;
    }
  | { readonly reads: 'samples'; plan(placed: readonly PlacedLayer[], context: PlanContext): LoadingLayer };

/**
 * What a rule looks at: a layer and all that follow it, and whether the first reads bytes as they are in the data set.
 */
export interface Place {
  readonly layers: readonly ShapedLayer[];
  readonly readsBytes: boolean;
}

/** A rule over neighbours: the unit that begins at a place, or undefined where the rule has nothing to say. */
export type FusionRule = (place: Place) => Unit | undefined;

/** PyTorch's order serves most kernels as it is. */
const inPyTorchsOrder = (shape: Shape): ParameterLayout => ({ length: product(shape) });

/** A linear layer that reads bytes takes the lists of their non-zero pixels, and the leaky ReLU behind it. */
const sparseLinear: FusionRule = ({ layers, readsBytes }) => {
  if (!readsBytes || layers[0]?.spec.kind !== 'linear') return undefined;
  const activation = activationBehind(layers);
  return {
    layers: layers.slice(0, activation ? 2 : 1),
    layoutOf: sparseLayout,
    planner: {
      reads: 'samples',
      plan: ([first], context) => planSparseLinear(first as PlacedOf<typeof linear>, context, activation),
    },
  };
};

/** A linear layer takes the leaky ReLU behind it. */
const linearWithActivation: FusionRule = ({ layers }) => {
  const activation = layers[0]?.spec.kind === 'linear' ? activationBehind(layers) : undefined;
  if (activation === undefined) return undefined;
  return unit(layers.slice(0, 2), ([first], input, context) =>
    planLinear(first as PlacedOf<typeof linear>, input, context, activation),
  );
};

/** The leaky ReLU behind a linear layer; one that a linear layer reads leaves its derivative to that one's epilogue. */
function activationBehind([, second, third]: readonly ShapedLayer[]): FusedActivation | undefined {
  const slope = slopeOf(second);
  return slope === undefined ? undefined : { slope, maskedByReader: third?.spec.kind === 'linear' };
}

/**
 * A convolution takes the pooling behind it, whose argmax its gradients read as short lists, and the leaky ReLU behind
 * both. ReLU before the pooling is computed after it: the largest value's ReLU is the largest ReLU, and where it is
 * positive both orders pass the gradient to the same position. (Leaky ReLU could round two values to one, so it keeps
 * its place.)
 */
const convolutionWithTail: FusionRule = ({ layers }) => {
  const [first, second, third] = layers;
  if (first?.spec.kind !== 'conv2d') return undefined;
  if (second?.spec.kind === 'relu' && third?.spec.kind === 'maxPool2d') return convolution(layers.slice(0, 3), 2, 0);
  if (second?.spec.kind === 'maxPool2d') {
    const slope = slopeOf(third);
    return convolution(layers.slice(0, slope === undefined ? 2 : 3), 1, slope);
  }
  const slope = slopeOf(second);
  return slope === undefined ? undefined : convolution(layers.slice(0, 2), undefined, slope);
};

/** `pool`: where among the layers the pooling is. */
const convolution = (layers: readonly ShapedLayer[], pool: number | undefined, slope: number | undefined): Unit =>
  unit(layers, (placed, input, context) => {
    const tail: ConvolutionTail = {
      ...(pool !== undefined && { pool: placed[pool] as PlacedOf<typeof maxPool2d> }),
      slope,
    };
    return planConv2d(placed[0] as PlacedOf<typeof conv2d>, input, context, tail);
  });

/** The slope of a relu (0) or leakyRelu; undefined for other layers. */
function slopeOf(layer: ShapedLayer | undefined): number | undefined {
  const spec: LayerSpec | undefined = layer?.spec;
  if (spec?.kind === 'relu') return 0;
  return spec?.kind === 'leakyRelu' ? (spec.slope ?? defaultLeakySlope) : undefined;
}

/** A layer by itself, as its kind plans it. */
const alone = (layer: ShapedLayer): Unit =>
  unit([layer], ([placed], input, context) =>
    (layersByKind[layer.spec.kind] as LayerDefinition).plan(placed as PlacedLayer<never>, input, context),
  );

const unit = (
  layers: readonly ShapedLayer[],
  plan: (placed: readonly PlacedLayer[], input: Tensor, context: PlanContext) => PlannedLayer,
): Unit => ({ layers, layoutOf: inPyTorchsOrder, planner: { reads: 'tensor', plan } });

/** All rules; the first that has something to say about a place decides. */
export const fusionRules: readonly FusionRule[] = [sparseLinear, linearWithActivation, convolutionWithTail];

/** Cuts a network into units. `inputs`: what its samples are made of. Layers that no rule speaks of stand alone. */
export function fuse(layers: readonly ShapedLayer[], inputs: InputKind): readonly Unit[] {
  const units: Unit[] = [];
  for (let at = 0; at < layers.length; at += units.at(-1)!.layers.length) {
    const place: Place = { layers: layers.slice(at), readsBytes: at === 0 && inputs === 'bytes' };
    units.push(unitAt(place));
  }
  return units;
}

function unitAt(place: Place): Unit {
  for (const rule of fusionRules) {
    const found = rule(place);
    if (found) return found;
  }
  return alone(place.layers[0]!);
}
