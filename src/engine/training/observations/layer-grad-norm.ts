import type { ParameterShape } from '../../shapes.js';
import { byStepOrEpoch, defineObservation, isDue, placesOfLayers } from './observation.js';

type LayerColumn = `layerGradNorm${number}`;

/** Each layer's column, and which of the tensors are its own. */
const layersOf = (shapes: readonly Pick<ParameterShape, 'name'>[]) =>
  placesOfLayers(shapes).map((place) => ({
    column: `layerGradNorm${place}` as LayerColumn,
    tensors: shapes.flatMap(({ name }, i) => (name.startsWith(`${place}.`) ? [i] : [])),
  }));

/**
 * L2 norm of the gradient of the minibatch's data loss in the parameters of each layer; by epoch that of the last
 * minibatch. A layer's column ends with its place in the network, as the names of its tensors begin.
 */
export const layerGradNorm = defineObservation({
  name: 'layerGradNorm',
  field: byStepOrEpoch("L2 norm of each layer's part of the gradient of the minibatch, or of the epoch's last one"),
  columns: {} as Readonly<Record<LayerColumn, never>>,
  ofLayers: { words: 'gradient norm of layer', unit: 'as `gradNorm`' },
  emits: (cadence, { endsEpoch, layers }) =>
    isDue(cadence, endsEpoch) ? layers.map((place) => `layerGradNorm${place}` as LayerColumn) : [],
  observe(cadence, { network }) {
    const layers = layersOf(network.parameterShapes);
    return {
      gradients: cadence,
      step(row, { endsEpoch }) {
        if (!isDue(cadence, endsEpoch)) return;
        const norms = network.tensorGradNorms();
        for (const { column, tensors } of layers) {
          row[column] = Math.sqrt(tensors.reduce((sum, i) => sum + norms[i]! * norms[i]!, 0));
        }
      },
    };
  },
});
