import type { Batch, Network } from '../engine/index.js';
import type { CurvatureProbe } from '../engine/training/observations/index.js';
import { extremeEigenvalues } from '../measures/curvature/lanczos.js';
import { preconditionedEigenvalues } from '../measures/curvature/preconditioned-curvature.js';

/** Three digits: enough to see a line crossed, at a few tens of products. */
const options = { ends: 'max', tolerance: 1e-3, maxProducts: 100 } as const;

/**
 * The largest eigenvalue of the Hessian, and of the Hessian that Adam's scaling makes of it, where a network stands.
 */
export const measureCurvature: CurvatureProbe = (network, batch) => {
  const product = hessianProduct(network, batch);
  const preconditioner = network.preconditioner();
  return {
    lambdaMax: extremeEigenvalues(product, network.parameterCount, options).lambdaMax.value,
    ...(preconditioner && {
      preconditionedLambdaMax: preconditionedEigenvalues(product, Float64Array.from(preconditioner), options).lambdaMax
        .value,
    }),
  };
};

function hessianProduct(network: Network, batch: Batch): (v: Float64Array) => Float64Array {
  return (v) => Float64Array.from(network.curvatureProduct(batch, new Float32Array(v), 'hessian').product);
}
