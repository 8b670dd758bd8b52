import type { Fields, SpecOf } from '../../base/fields.js';
import type { LayerKind, TensorShapes } from './kind.js';
import type { PlacedLayer, PlanContext, PlannedLayer, Tensor } from './planned.js';
import type { ReferencePasses, ReferenceShapes } from './reference.js';

/** How a kind of layer is computed: by the kernels, and in float64. */
export interface LayerComputation<F extends Fields = Fields, T extends TensorShapes = TensorShapes> {
  /** Takes the layer's memory and binds its kernels. Which layers are computed together: `src/engine/fusion.ts`. */
  plan(layer: PlacedLayer<SpecOf<F>, T>, input: Tensor, context: PlanContext): PlannedLayer;
  /** The oracle of the kernels, plain and exact. */
  reference(shapes: ReferenceShapes<SpecOf<F>>): ReferencePasses;
}

/** A kind of layer, whole: what it is and how it is computed. */
export interface LayerDefinition<
  Name extends string = string,
  F extends Fields = Fields,
  T extends TensorShapes = TensorShapes,
> extends LayerKind<Name, F, T>,
    LayerComputation<F, T> {}

/** A layer's definition from its parts. */
export const defineLayer = <Name extends string, F extends Fields, T extends TensorShapes>(
  kind: LayerKind<Name, F, T>,
  computation: LayerComputation<F, T>,
): LayerDefinition<Name, F, T> => ({ ...kind, ...computation });
