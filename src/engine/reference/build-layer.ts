import type { LayerDefinition } from '../layers/define.js';
import { layersByKind } from '../layers/index.js';
import type { ReferenceLayer } from '../layers/reference.js';
import { product, type ShapedLayer } from '../shapes.js';

/** The reference's version of a layer whose shapes are known. */
export function buildLayer(layer: ShapedLayer): ReferenceLayer {
  const definition = layersByKind[layer.spec.kind] as LayerDefinition;
  return {
    inputSize: product(layer.input),
    outputSize: product(layer.output),
    parameterCount: layer.parameters.reduce((total, { shape }) => total + product(shape), 0),
    ...definition.reference(layer),
  };
}
