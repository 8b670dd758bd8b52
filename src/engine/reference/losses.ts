import { exp, log } from '../../base/math.js';
import type { LossName } from '../network-spec.js';
import { requireLength } from './require-length.js';

/**
 * A loss L(outputs, targets) of n samples with its derivatives with respect to the outputs.
 *
 * Shapes: outputs, gradient, direction and product [n, k]; targets [n] labels or [n, k] values.
 */
export interface ReferenceLoss {
  value(outputs: Float64Array, targets: ArrayLike<number>): number;
  /** Overwrites `gradient` with dL/doutputs. */
  gradient(outputs: Float64Array, targets: ArrayLike<number>, gradient: Float64Array): void;
  /** Overwrites `product` with (d2L/doutputs2) direction. */
  hessianProduct(outputs: Float64Array, direction: Float64Array, product: Float64Array): void;
}

/** The loss of a name, for `samples` rows of `outputs` numbers. */
export function referenceLoss(name: LossName, samples: number, outputs: number): ReferenceLoss {
  return name === 'mse' ? meanSquaredError(samples * outputs) : crossEntropy(samples, outputs);
}

/** `L = 1/count sum (y - t)^2`, the mean over all elements (`nn.MSELoss`). */
function meanSquaredError(count: number): ReferenceLoss {
  return {
    value(y, t) {
      requireLength('targets of mse', t, count);
      let sum = 0;
      for (let i = 0; i < count; i++) sum += (y[i]! - t[i]!) * (y[i]! - t[i]!);
      return sum / count;
    },
    gradient(y, t, gradient) {
      requireLength('targets of mse', t, count);
      for (let i = 0; i < count; i++) gradient[i] = (2 * (y[i]! - t[i]!)) / count;
    },
    hessianProduct(_y, direction, product) {
      for (let i = 0; i < count; i++) product[i] = (2 * direction[i]!) / count;
    },
  };
}

/** `L = 1/n sum (log sum_j exp y_j - y_label)`, the mean over samples (`nn.CrossEntropyLoss` of logits). */
function crossEntropy(samples: number, classes: number): ReferenceLoss {
  return {
    value(y, labels) {
      requireLabels(labels, samples, classes);
      let sum = 0;
      for (let n = 0; n < samples; n++) {
        const row = y.subarray(n * classes, (n + 1) * classes);
        sum += logSumExp(row) - row[labels[n]!]!;
      }
      return sum / samples;
    },
    gradient(y, labels, gradient) {
      requireLabels(labels, samples, classes);
      for (let n = 0; n < samples; n++) {
        const at = n * classes;
        const p = softmax(y.subarray(at, at + classes));
        for (let k = 0; k < classes; k++) gradient[at + k] = (p[k]! - (labels[n] === k ? 1 : 0)) / samples;
      }
    },
    // The softmax's Jacobian: (diag(p) - p p') d = p (d - p.d).
    hessianProduct(y, direction, product) {
      for (let n = 0; n < samples; n++) {
        const at = n * classes;
        const p = softmax(y.subarray(at, at + classes));
        let mean = 0;
        for (let k = 0; k < classes; k++) mean += p[k]! * direction[at + k]!;
        for (let k = 0; k < classes; k++) product[at + k] = (p[k]! * (direction[at + k]! - mean)) / samples;
      }
    },
  };
}

/**
 * The probabilities that logits stand for.
 *
 *     p_k = exp(y_k - m) / sum_j exp(y_j - m),   m = max_j y_j
 *
 * Shapes: logits and result [k].
 */
export function softmax(logits: Float64Array): Float64Array {
  const largest = largestOf(logits);
  const powers = logits.map((y) => exp(y - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

function logSumExp(logits: Float64Array): number {
  const largest = largestOf(logits);
  let sum = 0;
  for (const y of logits) sum += exp(y - largest);
  return largest + log(sum);
}

const largestOf = (logits: Float64Array): number => logits.reduce((max, y) => Math.max(max, y), -Infinity);

function requireLabels(labels: ArrayLike<number>, samples: number, classes: number): void {
  requireLength('targets of crossEntropy', labels, samples);
  for (let n = 0; n < samples; n++) {
    if (!(labels[n]! < classes)) {
      throw new RangeError(`crossEntropy: expected labels from 0 to ${classes - 1}, got ${labels[n]} for sample ${n}`);
    }
  }
}
