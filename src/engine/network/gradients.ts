import { exportParameters, type Parameters } from './parameters.js';
import type { Machine } from './passes.js';

/**
 * Where the gradients of the last pass lie.
 * @throws Error if it did not keep them
 */
function kept({ gradientsKept, parameters }: Machine): Parameters {
  if (!gradientsKept) throw new Error('network: the last step did not keep its gradients; pass keepGradients');
  return parameters;
}

/** The gradient of the last pass. Shapes: [parameterCount] */
export const gradients = (machine: Machine): Float32Array<ArrayBuffer> =>
  exportParameters(machine.parameters, machine.kernels, kept(machine).grad);

/** Its L2 norm. */
export const gradNorm = (machine: Machine): number =>
  Math.sqrt(machine.kernels.sumOfSquares(kept(machine).grad, machine.parameters.length));

/** Its L2 norm in each parameter tensor. Shapes: [tensors] */
export const tensorGradNorms = (machine: Machine): readonly number[] =>
  kept(machine).blocks.map(({ grad, length }) => Math.sqrt(machine.kernels.sumOfSquares(grad, length)));

/** The diagonal that the optimizer divides by, as it stands after the last step. Shapes: [parameterCount] */
export function preconditioner({ optimizer, parameters, kernels }: Machine): Float32Array<ArrayBuffer> | undefined {
  const found = optimizer?.preconditioner();
  if (!found) return undefined;
  const { moments, scale, epsilon } = found;
  return exportParameters(parameters, kernels, moments).map((moment) => Math.sqrt(moment) * scale + epsilon);
}
