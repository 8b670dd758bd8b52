import type { Pass, Tensor } from '../layers/layer.js';
import { type Batch, loadFeatureRows, loadLabels } from '../network/inputs.js';
import type { PlanOptions } from '../network/plan.js';
import type { LossName } from '../network-spec.js';
import { product } from '../shapes.js';

/** How many samples of each class there were, and how many of them were right. */
export interface ClassTally {
  readonly total: number[];
  readonly correct: number[];
}

/** A loss over the last layer's output, with its targets in memory. */
export interface PlannedLoss {
  /** Brings the targets of a micro-batch in. */
  load(batch: Batch, pass: Pass): void;
  /** Sum of the losses of the micro-batch's samples; with `differentiate`, also the gradient of the mean over `total` samples. */
  sum(pass: Pass, total: number, differentiate: boolean): number;
  /** output.tangentGrad from output.tangent: the Hessian of the mean over `total` samples in the outputs, times the outputs' tangent. After `sum`. */
  tangent(pass: Pass, total: number): void;
  /** Samples of the micro-batch that are right, entered into `classes` too where given; undefined where the loss has no classes. Call after `sum`. */
  readonly countCorrect: ((pass: Pass, classes?: ClassTally) => number) | undefined;
}

export const planLoss = (loss: LossName, output: Tensor, context: PlanOptions): PlannedLoss =>
  loss === 'mse' ? planSquaredError(output, context) : planCrossEntropy(output, context);

/** Mean squared error over all elements. Shapes: targets [size, outputs]. */
function planSquaredError(output: Tensor, { kernels, arena, maxStride }: PlanOptions): PlannedLoss {
  const outputs = product(output.shape);
  const targets = arena.floats(outputs * maxStride);
  return {
    load: (batch, { stride }) => loadFeatureRows(batch, batch.data.targets, outputs, targets, stride, kernels),
    sum({ samples, padded, stride }, total, differentiate) {
      const grad = differentiate ? output.grad : 0;
      return (
        kernels.squaredError(output.value, targets, grad, outputs, samples, padded, stride, 2 / (total * outputs)) /
        outputs
      );
    },
    tangent({ samples, padded, stride }, total) {
      kernels.squaredErrorTangent(
        output.tangent,
        output.tangentGrad,
        outputs,
        samples,
        padded,
        stride,
        2 / (total * outputs),
      );
    },
    countCorrect: undefined,
  };
}

/** Softmax cross-entropy, mean over samples. Shapes: labels [size]. */
function planCrossEntropy(output: Tensor, { kernels, arena, capacity }: PlanOptions): PlannedLoss {
  const classes = product(output.shape);
  const labels = arena.bytes(capacity);
  const predictions = arena.bytes(capacity);
  return {
    load: (batch) => loadLabels(batch, labels, kernels),
    sum({ samples, padded, stride }, total, differentiate) {
      const grad = differentiate ? output.grad : 0;
      return kernels.crossEntropy(output.value, labels, grad, predictions, classes, samples, padded, stride, 1 / total);
    },
    tangent({ samples, padded, stride }, total) {
      kernels.crossEntropyTangent(
        output.value,
        output.tangent,
        output.tangentGrad,
        classes,
        samples,
        padded,
        stride,
        1 / total,
      );
    },
    countCorrect({ samples }, tally) {
      const truth = new Uint8Array(kernels.memory.buffer, labels, samples);
      const predicted = new Uint8Array(kernels.memory.buffer, predictions, samples);
      let correct = 0;
      for (let s = 0; s < samples; s++) {
        const right = truth[s] === predicted[s] ? 1 : 0;
        correct += right;
        if (tally) {
          tally.total[truth[s]!]! += 1;
          tally.correct[truth[s]!]! += right;
        }
      }
      return correct;
    },
  };
}
