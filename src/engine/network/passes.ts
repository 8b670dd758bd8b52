import type { Kernels } from '../bindings/kernels.js';
import type { Pass } from '../bindings/pass.js';
import type { PlannedLayer, Tensor, Update } from '../layers/planned.js';
import type { PlannedLoss } from '../losses/define.js';
import type { Optimizer } from '../optimizers/optimizer.js';
import type { FitCheck } from './fit-check.js';
import type { Batch } from './inputs.js';
import { microBatchSize, paddedSize } from './micro-batches.js';
import type { Parameters } from './parameters.js';
import { strideOf } from './plan.js';

/** A network in its memory: what was planned, and the micro-batch that it is at. */
export interface Machine {
  readonly kernels: Kernels;
  readonly layers: readonly PlannedLayer[];
  readonly parameters: Parameters;
  readonly load: (batch: Batch, pass: Readonly<Pass>) => void;
  readonly optimizer: Optimizer | undefined;
  /** What the last layer writes. */
  readonly output: Tensor;
  readonly loss: PlannedLoss;
  /** Most samples of a micro-batch. */
  readonly limit: number;
  readonly curvature: boolean;
  readonly memoryBytes: number;
  readonly fits: FitCheck;
  readonly pass: Pass;
  /** The samples in memory. */
  loaded: Batch | undefined;
  /** Whether the gradients of the last pass are all there. */
  gradientsKept: boolean;
}

/** A pass before the first. */
export const idlePass = (): Pass => ({
  samples: 0,
  padded: 0,
  stride: 0,
  first: 0,
  step: 0,
  training: false,
  accumulate: false,
  last: true,
});

/**
 * Begins a batch, which goes through micro-batch by micro-batch.
 * @returns how many samples each has, fewer in the last
 * @throws UserError if the samples are not the network's
 */
export function beginBatch({ fits, limit, pass }: Machine, batch: Batch, training: boolean): number {
  fits.inputs(batch.data);
  pass.training = training;
  return microBatchSize(batch.count, limit);
}

/** Runs the `size` samples of a batch from `first` on forward. */
export function forwardPart(machine: Machine, batch: Batch, first: number, size: number): void {
  const { pass } = machine;
  pass.first = first;
  pass.accumulate = first > 0;
  pass.last = first + size >= batch.count;
  forward(machine, { ...batch, start: batch.start + first, count: Math.min(size, batch.count - first) });
}

/** Runs a micro-batch forward. Samples in the data's own order stay in memory for the next time. */
export function forward(machine: Machine, part: Batch): void {
  const { pass, layers, loaded } = machine;
  pass.samples = part.count;
  pass.padded = paddedSize(part.count);
  pass.stride = strideOf(pass.padded);
  if (!loaded || !isSameSlice(loaded, part)) {
    machine.load(part, pass);
    machine.loss.load(part, pass);
    machine.loaded = part;
  }
  for (const layer of layers) layer.forward(pass);
}

/** Whether two batches are the same samples, without comparing orders (two shuffled batches count as different). */
function isSameSlice(a: Batch, b: Batch): boolean {
  return a.order === null && b.order === null && a.data === b.data && a.start === b.start && a.count === b.count;
}

/** The micro-batch in memory, backward; after the batch's last one, `update` moves the parameters. */
export function backward({ layers, pass }: Machine, update: Update | undefined, keepGradients: boolean): void {
  for (let i = layers.length - 1; i >= 0; i--) layers[i]!.backward(pass, update, keepGradients);
}

/** The micro-batch in memory: derivatives of the activations along a direction of the parameters. */
export function tangentForward({ layers, pass }: Machine): void {
  for (const layer of layers) layer.tangentForward(pass);
}

/** The same of the gradients. */
export function tangentBackward({ layers, pass }: Machine, gaussNewton: boolean): void {
  for (let i = layers.length - 1; i >= 0; i--) layers[i]!.tangentBackward(pass, gaussNewton);
}

/**
 * Copies the values at `pointer`, one for each output and sample in memory, to their rows.
 * Shapes: to [samples, outputs], from its row `start` on
 */
export function readOutputs(machine: Machine, pointer: number, start: number, to: Float32Array): void {
  const { values, outputs, samples, stride } = outputView(machine, pointer);
  for (let s = 0; s < samples; s++) {
    for (let o = 0; o < outputs; o++) to[(start + s) * outputs + o] = values[o * stride + s]!;
  }
}

/** The other way round; padding samples get 0. Shapes: from [samples, outputs], from its row `start` on */
export function writeOutputs(machine: Machine, pointer: number, start: number, from: Float32Array): void {
  const { values, outputs, samples, stride } = outputView(machine, pointer);
  values.fill(0);
  for (let s = 0; s < samples; s++) {
    for (let o = 0; o < outputs; o++) values[o * stride + s] = from[(start + s) * outputs + o]!;
  }
}

function outputView({ kernels, output: { size: outputs }, pass: { samples, stride } }: Machine, pointer: number) {
  return { values: new Float32Array(kernels.memory.buffer, pointer, outputs * stride), outputs, samples, stride };
}
