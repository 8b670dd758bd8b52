import type { Dataset } from '../../base/dataset.js';
import { UserError } from '../../base/errors.js';
import type { NetworkSpec } from '../../engine/network-spec.js';
import { datasetRows } from '../../engine/reference/dataset-rows.js';
import { softmax } from '../../engine/reference/losses.js';
import { referenceNetwork } from '../../engine/reference/network.js';
import { requireFinite, requireLength } from '../numerics/vectors.js';
import { type JacobianGrams, oneHiddenJacobians } from './one-hidden-jacobian.js';

/** Mean over the samples, and its standard error. */
export interface MeanNorm {
  readonly mean: number;
  readonly standardError: number;
}

/** How much a network's outputs answer to its inputs, per unit of input. */
export interface InputSensitivity {
  /** Of the network's outputs themselves. */
  readonly logits: MeanNorm;
  /** Of softmax(outputs), as Novak measures it; 0 for a single output. */
  readonly probabilities: MeanNorm;
  readonly samples: number;
}

/** Samples at a time: bounds the memory of what is computed from them. */
const block = 128;

/**
 * Sensitivity: the mean Frobenius norm of the input-output Jacobian, without dropout.
 *
 *     S = 1/n sum_x |J(x)|_F,   J = d logits / d x, or d softmax(logits) / d x = (diag(p) - p p') d logits / d x
 *
 * Exact: in closed form for one hidden layer, J = W2 diag(f'(z)) W1; by one vector-Jacobian product an output
 * otherwise.
 * Shapes: params [parameterCount]. Cost: `outputs` backward passes a sample; with one hidden layer of h units half of
 * (active units)^2 * outputs multiply-adds a sample (784-500-10 on 10,000 images: some 10 s). Reference: Novak et al.
 * 2018. `onProgress` listens to the share of the samples that is done.
 * @throws UserError if there are no samples, RangeError if shapes do not fit or a norm is not finite
 */
export function inputSensitivity(
  spec: NetworkSpec,
  params: Float64Array,
  data: Dataset,
  onProgress?: (share: number) => void,
): InputSensitivity {
  if (data.size < 1)
    throw new UserError(`${data.name}: expected at least one sample to measure sensitivity on, got none`);
  const network = referenceNetwork(spec);
  requireLength('inputSensitivity: params', params, network.parameterCount);
  const grams = oneHiddenJacobians(spec, params) ?? productJacobians(spec, params);
  const logits = new Float64Array(data.size);
  const probabilities = new Float64Array(data.size);
  for (let first = 0; first < data.size; first += block) {
    const indices = Uint32Array.from({ length: Math.min(block, data.size - first) }, (_, i) => first + i);
    const found = grams(datasetRows(data, indices).inputs);
    indices.forEach((sample, i) => {
      const k = network.outputSize;
      const gram = found.grams.subarray(i * k * k, (i + 1) * k * k);
      logits[sample] = Math.sqrt(trace(gram, k));
      probabilities[sample] = softmaxNorm(gram, found.logits.subarray(i * k, (i + 1) * k));
    });
    onProgress?.(Math.min(1, (first + block) / data.size));
  }
  return { logits: meanOf(logits), probabilities: meanOf(probabilities), samples: data.size };
}

/** For any network: the Jacobian itself. Shapes: inputs [n, inputs]. */
export function productJacobians(spec: NetworkSpec, params: Float64Array): (inputs: Float64Array) => JacobianGrams {
  const network = referenceNetwork(spec);
  const [k, d] = [network.outputSize, network.inputSize];
  return (inputs) => {
    const at = network.linearize(params, inputs);
    const jacobian = at.inputJacobian();
    const grams = new Float64Array(at.outputs.length * k);
    for (let row = 0; row < at.outputs.length; row++) {
      for (let other = row - (row % k), i = 0; i < k; i++, other++) {
        let sum = 0;
        for (let c = 0; c < d; c++) sum += jacobian[row * d + c]! * jacobian[other * d + c]!;
        grams[row * k + i] = sum;
      }
    }
    return { logits: at.outputs, grams };
  };
}

function trace(gram: Float64Array, k: number): number {
  let sum = 0;
  for (let i = 0; i < k; i++) sum += gram[i * k + i]!;
  return sum;
}

/** |S J|_F = sqrt(tr S J J' S), with the softmax's Jacobian S = diag(p) - p p'. */
function softmaxNorm(gram: Float64Array, logits: Float64Array): number {
  const k = logits.length;
  const p = softmax(logits);
  const softmaxJacobian = (i: number, j: number) => (i === j ? p[i]! : 0) - p[i]! * p[j]!;
  let sum = 0;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      let product = 0;
      for (let l = 0; l < k; l++) product += softmaxJacobian(i, l) * gram[l * k + j]!;
      sum += product * softmaxJacobian(j, i);
    }
  }
  // Rounding may leave a negative where the softmax is saturated.
  return Math.sqrt(Math.max(0, sum));
}

function meanOf(norms: Float64Array): MeanNorm {
  const n = norms.length;
  const mean = requireFinite('inputSensitivity', norms).reduce((sum, value) => sum + value, 0) / n;
  const squares = norms.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { mean, standardError: n > 1 ? Math.sqrt(squares / (n - 1) / n) : 0 };
}
