import type { Dataset } from '../../base/dataset.js';
import { UserError } from '../../base/errors.js';
import type { LossName, NetworkSpec } from '../../engine/network-spec.js';
import { datasetRows } from '../../engine/reference/dataset-rows.js';
import { referenceLoss } from '../../engine/reference/losses.js';
import { referenceNetwork } from '../../engine/reference/network.js';
import type { Objective } from './objective.js';

/**
 * A network's mean loss over a whole data set, without dropout, in float64: the objective for exact curvature of small
 * networks.
 *
 * Cost: a gradient takes about three forward passes, a product about six; for networks of MNIST's size use the engine's
 * objective.
 * @throws SpecError if the layers do not fit together, UserError if the data set is empty, RangeError (on use) if its
 * shapes do not fit
 */
export function referenceObjective(spec: NetworkSpec, data: Dataset, loss: LossName): Objective {
  if (data.size < 1) throw new UserError(`${data.name}: expected at least one sample to measure a loss on, got none`);
  const network = referenceNetwork(spec);
  const all = Uint32Array.from({ length: data.size }, (_, i) => i);
  const batch = datasetRows(data, all);
  const { value } = referenceLoss(loss, data.size, network.outputSize);
  return {
    parameterCount: network.parameterCount,
    roundoff: 2 ** -53,
    loss: (params) => value(network.forward(params, batch.inputs), batch.targets),
    // A copy, as the products read the point later.
    at: (params) => network.curvature(params.slice(), batch, loss),
  };
}
