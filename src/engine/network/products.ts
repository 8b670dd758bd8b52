import type { Batch } from './inputs.js';
import { exportParameters, importParameters } from './parameters.js';
import {
  backward,
  beginBatch,
  forwardPart,
  type Machine,
  readOutputs,
  tangentBackward,
  tangentForward,
  writeOutputs,
} from './passes.js';
import { differentiate } from './step.js';
import type { BatchResult, CurvatureMatrix } from './types.js';

/**
 * Loss and gradient of a batch, and a matrix of its second derivatives times v.
 * Shapes: v and product [parameterCount]
 */
export function curvatureProduct(
  machine: Machine,
  batch: Batch,
  v: Float32Array,
  matrix: CurvatureMatrix,
): BatchResult & { readonly product: Float32Array<ArrayBuffer> } {
  const { kernels, parameters, loss, pass } = machine;
  moveAlong(machine, v);
  machine.gradientsKept = true;
  const after = (): void => {
    tangentForward(machine);
    loss.tangent(pass, batch.count);
    tangentBackward(machine, matrix === 'gaussNewton');
  };
  const result = differentiate(machine, batch, { training: false, keepGradients: true, after });
  return { ...result, product: exportParameters(parameters, kernels, parameters.product) };
}

/** J v, the outputs' derivative along v. Shapes: v [parameterCount], result [count, outputs] */
export function jacobianProduct(machine: Machine, batch: Batch, v: Float32Array): Float32Array<ArrayBuffer> {
  moveAlong(machine, v);
  const result = new Float32Array(batch.count * machine.output.size);
  const size = beginBatch(machine, batch, false);
  for (let first = 0; first < batch.count; first += size) {
    forwardPart(machine, batch, first, size);
    tangentForward(machine);
    readOutputs(machine, machine.output.tangent, first, result);
  }
  return result;
}

/** J' u, the gradient of the outputs' sum with weights u. Shapes: u [count, outputs], result [parameterCount] */
export function transposedJacobianProduct(machine: Machine, batch: Batch, u: Float32Array): Float32Array<ArrayBuffer> {
  const { kernels, parameters, output } = machine;
  if (u.length !== batch.count * output.size) {
    throw new RangeError(`u: expected ${batch.count} x ${output.size} values, got ${u.length}`);
  }
  machine.gradientsKept = true;
  const size = beginBatch(machine, batch, false);
  for (let first = 0; first < batch.count; first += size) {
    forwardPart(machine, batch, first, size);
    writeOutputs(machine, output.grad, first, u);
    backward(machine, undefined, true);
  }
  return exportParameters(parameters, kernels, parameters.grad);
}

/** Sets the direction in which the parameters move. @throws Error if the network has no room for it */
function moveAlong({ curvature, parameters, kernels }: Machine, v: Float32Array): void {
  if (!curvature) throw new Error('network: made without curvature, so it has no products; pass { curvature: true }');
  importParameters(parameters, kernels, parameters.tangent, v);
}
