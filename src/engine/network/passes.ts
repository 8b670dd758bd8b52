import type { Dataset } from '../../base/dataset.js';
import type { Pass } from '../layers/layer.js';
import type { PlannedLoss } from '../losses/losses.js';
import type { FitCheck } from './fit-check.js';
import type { Batch } from './inputs.js';
import { microBatchSize, paddedSize } from './micro-batches.js';
import { type Plan, strideOf } from './plan.js';

/** Mean loss of a batch before the step, and how many samples were right (0 without labels). */
export interface BatchResult {
  readonly loss: number;
  readonly correct: number;
}

/** The ways through a planned network. A batch or a data set goes through part by part, as many samples at a time as fit into its memory. */
export interface Passes {
  /** The part that is in memory. */
  readonly pass: Pass;
  /** Runs a batch forward; `visit` follows each part, whose first sample in the batch is `pass.first`. */
  forwardParts(batch: Batch, training: boolean, visit: () => void): void;
  /** The part in memory, backward. */
  backward(): void;
  /** Loss and gradient of a batch; `visit` follows each part's backward pass. */
  differentiate(batch: Batch, training: boolean, visit?: () => void): BatchResult;
  /** The part in memory: derivatives of the activations along a direction of the parameters, then of the gradients. */
  tangentForward(): void;
  tangentBackward(gaussNewton: boolean): void;
  /** Runs a whole data set forward, dropout off; `visit` follows each part and is told its first sample. */
  sweep(data: Dataset, visit: (start: number) => void): void;
}

/** @param limit most samples of a part */
export function createPasses({ layers, load }: Plan, loss: PlannedLoss, limit: number, fits: FitCheck): Passes {
  const pass: Pass = {
    samples: 0,
    padded: 0,
    stride: 0,
    first: 0,
    step: 0,
    training: false,
    accumulate: false,
    last: true,
    keepGradients: true,
  };
  let loaded: Batch | undefined;

  /** Runs a part forward. Samples in the data's own order stay in memory for the next time. */
  const forward = (part: Batch): void => {
    pass.samples = part.count;
    pass.padded = paddedSize(part.count);
    pass.stride = strideOf(pass.padded);
    if (!loaded || !isSameSlice(loaded, part)) {
      load(part, pass);
      loss.load(part, pass);
      loaded = part;
    }
    for (const layer of layers) layer.forward(pass);
  };

  const forwardParts = (batch: Batch, training: boolean, visit: () => void): void => {
    fits.inputs(batch.data);
    const size = microBatchSize(batch.count, limit);
    pass.training = training;
    for (let first = 0; first < batch.count; first += size) {
      pass.first = first;
      pass.accumulate = first > 0;
      pass.last = first + size >= batch.count;
      forward({ ...batch, start: batch.start + first, count: Math.min(size, batch.count - first) });
      visit();
    }
  };

  const backward = (): void => {
    for (let i = layers.length - 1; i >= 0; i--) layers[i]!.backward(pass);
  };

  return {
    pass,
    forwardParts,
    backward,
    differentiate(batch, training, visit) {
      fits.targets(batch.data);
      let sum = 0;
      let correct = 0;
      forwardParts(batch, training, () => {
        sum += loss.sum(pass, batch.count, true);
        correct += loss.countCorrect?.(pass) ?? 0;
        backward();
        visit?.();
      });
      return { loss: sum / batch.count, correct };
    },
    tangentForward() {
      for (const layer of layers) layer.tangentForward(pass);
    },
    tangentBackward(gaussNewton) {
      for (let i = layers.length - 1; i >= 0; i--) layers[i]!.tangentBackward(pass, gaussNewton);
    },
    sweep(data, visit) {
      fits.inputs(data);
      pass.training = false;
      pass.first = 0;
      for (let start = 0; start < data.size; start += limit) {
        forward({ data, order: null, start, count: Math.min(limit, data.size - start) });
        visit(start);
      }
    },
  };
}

/** Whether two batches are the same samples, told without comparing orders (two shuffled batches count as different). */
function isSameSlice(a: Batch, b: Batch): boolean {
  return a.order === null && b.order === null && a.data === b.data && a.start === b.start && a.count === b.count;
}
