import type { Dataset } from '../../base/dataset.js';
import { type CurvatureMatrix, createNetwork, inputKind } from '../../engine/network/network.js';
import type { LossName, NetworkSpec } from '../../engine/network-spec.js';
import type { Objective } from './objective.js';

/**
 * The loss of a network over a data set in the float32 engine, dropout off: for networks whose size the float64
 * reference cannot carry. Products round to float32 (relative 1e-6 or so), a product costs about three gradients.
 * @throws SpecError if the layers do not fit together
 */
export async function engineObjective(spec: NetworkSpec, data: Dataset, loss: LossName): Promise<Objective> {
  const network = await createNetwork(spec, { loss, inputs: inputKind(data), curvature: true });
  const batch = { data, order: null, start: 0, count: data.size };
  let placed: Float32Array | undefined;
  /** Puts the network at a point, unless it is there already. */
  const moveTo = (point: Float32Array): void => {
    if (placed !== point) network.setParameters(point);
    placed = point;
  };
  return {
    parameterCount: network.parameterCount,
    roundoff: 2 ** -24,
    loss(params) {
      moveTo(new Float32Array(params));
      return network.evaluate(data).loss;
    },
    at(params) {
      const point = new Float32Array(params);
      moveTo(point);
      const { loss } = network.gradient(batch);
      const gradient = new Float64Array(network.gradients());
      const product = (matrix: CurvatureMatrix, v: Float64Array): Float64Array => {
        moveTo(point);
        return new Float64Array(network.curvatureProduct(batch, new Float32Array(v), matrix).product);
      };
      return { loss, gradient, hvp: (v) => product('hessian', v), gaussNewtonVp: (v) => product('gaussNewton', v) };
    },
  };
}
