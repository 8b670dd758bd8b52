import { exp, log } from '../../base/math.js';
import type { Kernels } from '../bindings/kernels.js';
import type { PlanContext, Tensor } from '../layers/planned.js';
import { loadLabels } from '../network/inputs.js';
import { requireLength } from '../require-length.js';
import { type ClassTally, defineLoss, type PlannedLoss, type ReferenceLoss } from './define.js';

/**
 * Softmax cross-entropy of logits, mean over samples (`nn.CrossEntropyLoss`).
 * Shapes: outputs [n, classes], targets [n] labels.
 */
export const crossEntropy = defineLoss('crossEntropy', {
  targets: 'labels',
  words: 'cross-entropy, nats',
  plan: planCrossEntropy,
  reference: referenceCrossEntropy,
});

function planCrossEntropy(output: Tensor, { kernels, arena, capacity }: PlanContext): PlannedLoss {
  const { size: classes, value, grad, tangent, tangentGrad } = output;
  const labels = arena.bytes(capacity);
  const guesses = arena.bytes(capacity);
  return {
    load: (batch) => loadLabels(batch, labels, kernels),
    sum({ samples, padded, stride }, total, differentiate) {
      const to = differentiate ? grad : 0;
      return kernels.crossEntropy(value, labels, to, guesses, classes, samples, padded, stride, 1 / total);
    },
    tangent({ samples, padded, stride }, total) {
      kernels.crossEntropyTangent(value, tangent, tangentGrad, classes, samples, padded, stride, 1 / total);
    },
    countCorrect: ({ samples }, tally) => countCorrect(kernels, { labels, guesses, samples }, tally),
  };
}

/** Labels that were guessed; addresses. Shapes: labels and guesses [samples] bytes */
function countCorrect(
  { memory }: Kernels,
  at: { readonly labels: number; readonly guesses: number; readonly samples: number },
  tally: ClassTally | undefined,
): number {
  const truth = new Uint8Array(memory.buffer, at.labels, at.samples);
  const guessed = new Uint8Array(memory.buffer, at.guesses, at.samples);
  let correct = 0;
  for (let s = 0; s < at.samples; s++) {
    const right = truth[s] === guessed[s] ? 1 : 0;
    correct += right;
    if (tally) {
      tally.total[truth[s]!]! += 1;
      tally.correct[truth[s]!]! += right;
    }
  }
  return correct;
}

/** `L = 1/n sum (log sum_j exp y_j - y_label)`. */
function referenceCrossEntropy(samples: number, classes: number): ReferenceLoss {
  const rowOf = (y: Float64Array, n: number): Float64Array => y.subarray(n * classes, (n + 1) * classes);
  return {
    value(y, labels) {
      requireLabels(labels, samples, classes);
      let sum = 0;
      for (let n = 0; n < samples; n++) sum += logSumExp(rowOf(y, n)) - rowOf(y, n)[labels[n]!]!;
      return sum / samples;
    },
    gradient(y, labels, gradient) {
      requireLabels(labels, samples, classes);
      for (let n = 0, at = 0; n < samples; n++, at += classes) {
        const p = softmax(rowOf(y, n));
        for (let k = 0; k < classes; k++) gradient[at + k] = (p[k]! - (labels[n] === k ? 1 : 0)) / samples;
      }
    },
    // The softmax's Jacobian: (diag(p) - p p') d = p (d - p.d).
    hessianProduct(y, direction, product) {
      for (let n = 0, at = 0; n < samples; n++, at += classes) {
        const p = softmax(rowOf(y, n));
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
