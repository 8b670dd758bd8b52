import type { Dataset } from '../../base/dataset.js';
import { UserError } from '../../base/errors.js';
import type { NetworkSpec } from '../../engine/network-spec.js';
import { datasetRows } from '../../engine/reference/dataset-rows.js';
import { referenceNetwork } from '../../engine/reference/network.js';

/**
 * How many units of a network's first layer are active: above 0 at some sample before their activation. A relu unit that
 * is not is 0 at every sample, and so are the gradient and the curvature along its weights.
 *
 *     #{ j : max over samples x of (W x + b)_j > 0 }
 *
 * Shapes: params [parameterCount], flat, in PyTorch's order. Range: [0, units of the first layer].
 * @throws UserError if the first layer is not linear
 */
export function activeUnits({ input, layers }: NetworkSpec, params: Float64Array, data: Dataset): number {
  const [first] = layers;
  if (first?.kind !== 'linear') {
    throw new UserError(`activeUnits: expected a network whose first layer is linear, got ${first?.kind ?? 'none'}`);
  }
  const layer = referenceNetwork({ input, layers: [first] });
  const { inputs } = datasetRows(
    data,
    Uint32Array.from({ length: data.size }, (_, i) => i),
  );
  const sums = layer.forward(params.subarray(0, layer.parameterCount), inputs);
  return Array.from({ length: first.features }, (_, unit) => unit).filter((unit) =>
    sums.some((sum, at) => at % first.features === unit && sum > 0),
  ).length;
}
