import type { Update } from '../layers/planned.js';
import type { Optimizer } from '../optimizers/optimizer.js';
import type { Batch } from './inputs.js';
import { backward, beginBatch, forwardPart, type Machine } from './passes.js';
import type { BatchResult } from './types.js';

/**
 * The optimizer of a network.
 * @throws Error if the network was made without one
 */
export function requireOptimizer({ optimizer }: Machine): Optimizer {
  if (!optimizer) throw new Error('network: made without an optimizer, so it cannot step');
  return optimizer;
}

/** One optimizer step on a batch. */
export function step(machine: Machine, batch: Batch, keepGradients: boolean): BatchResult {
  const optimizer = requireOptimizer(machine);
  machine.pass.step = optimizer.steps;
  optimizer.begin();
  machine.gradientsKept = keepGradients;
  return differentiate(machine, batch, { training: true, update: optimizer.update, keepGradients });
}

/** Loss and gradient of a batch; parameters stay. */
export function gradient(machine: Machine, batch: Batch, training: boolean): BatchResult {
  machine.pass.step = machine.optimizer?.steps ?? 0;
  machine.gradientsKept = true;
  return differentiate(machine, batch, { training, keepGradients: true });
}

/** What a pass through a batch does besides taking the gradient. */
export interface PassOptions {
  readonly training: boolean;
  /** Moves the parameters once their gradients are complete. Default: they stay. */
  readonly update?: Update;
  /** Whether gradients are read after the pass, and not by `update` alone. */
  readonly keepGradients: boolean;
  /** Follows the backward pass of each micro-batch. */
  readonly after?: () => void;
}

/** Loss and gradient of a batch, micro-batch by micro-batch. */
export function differentiate(machine: Machine, batch: Batch, options: PassOptions): BatchResult {
  const { training, update, keepGradients, after } = options;
  const { loss, pass } = machine;
  machine.fits.targets(batch.data);
  const size = beginBatch(machine, batch, training);
  let sum = 0;
  let correct = 0;
  for (let first = 0; first < batch.count; first += size) {
    forwardPart(machine, batch, first, size);
    sum += loss.sum(pass, batch.count, true);
    correct += loss.countCorrect?.(pass) ?? 0;
    backward(machine, update, keepGradients);
    after?.();
  }
  return { loss: sum / batch.count, correct };
}
