import type { Dataset } from '../base/dataset.js';
import { UserError } from '../base/errors.js';
import { createArena } from './arena.js';
import { type Batch, loadFeatureRows, loadLabels } from './inputs.js';
import { instantiateKernels } from './kernels.js';
import type { Pass } from './layers/layer.js';
import type { LossName, NetworkSpec } from './network-spec.js';
import { createOptimizer } from './optimizer.js';
import { exportParameters, importParameters } from './parameters.js';
import { planNetwork, strideOf } from './plan.js';
import { inferShapes, type ParameterShape, parameterShapes, product } from './shapes.js';
import type { OptimizerSpec } from './train-spec.js';

/** What a network is made for. */
export interface NetworkOptions {
  readonly loss: LossName;
  /** Whether the samples are bytes or values; see `inputKind`. */
  readonly inputs: 'bytes' | 'floats';
  /** Absent: the network can be evaluated and differentiated, not stepped. */
  readonly optimizer?: OptimizerSpec;
  /** Key of the dropout masks (two 32-bit words); needed only where there is dropout. */
  readonly dropoutKey?: readonly [number, number];
}

/** Loss of a batch before the step, and how many samples were right (0 without labels). */
export interface BatchResult {
  readonly loss: number;
  readonly correct: number;
}

/** Loss over a data set, and for labelled data the share that is right, overall and of each class (NaN for a class without samples). */
export interface Evaluation {
  readonly loss: number;
  readonly accuracy?: number;
  readonly correct?: number;
  readonly classAccuracy?: readonly number[];
}

/** A network over a WebAssembly memory of its own. Parameters and gradients cross its boundary in PyTorch's order, flat. */
export interface Network {
  readonly spec: NetworkSpec;
  readonly parameterCount: number;
  readonly parameterShapes: readonly ParameterShape[];
  readonly memoryBytes: number;
  parameters(): Float32Array<ArrayBuffer>;
  setParameters(values: Float32Array): void;
  /** One optimizer step. @throws Error if the network was made without an optimizer */
  step(batch: Batch): BatchResult;
  /** Loss and gradient of a batch; parameters stay. `training`: with dropout, the masks of the next step. */
  gradient(batch: Batch, training?: boolean): BatchResult;
  /** Gradient of the last `step` or `gradient`. Shapes: [parameterCount] */
  gradients(): Float32Array<ArrayBuffer>;
  /** L2 norm of that gradient. */
  gradNorm(): number;
  /** L2 norm of the parameters; not finite if any of them is not. */
  parameterNorm(): number;
  evaluate(data: Dataset): Evaluation;
  /** Outputs (logits for crossEntropy) for every sample. Shapes: [size, outputs] */
  predict(data: Dataset): Float32Array<ArrayBuffer>;
}

/** Whether a data set's samples are bytes or values. */
export const inputKind = (data: Dataset): 'bytes' | 'floats' =>
  data.inputs instanceof Uint8Array ? 'bytes' : 'floats';

/**
 * Samples of a micro-batch at most. A batch is split so that its activations stay in the cache (convolution) or memory stays bounded;
 * gradients add up over the parts in order, so this is part of what the bits depend on.
 */
const microLimit = (spec: NetworkSpec): number => (spec.layers.some((layer) => layer.kind === 'conv2d') ? 40 : 640);

const roundUp = (n: number): number => Math.ceil(n / 8) * 8;

/** Size of the parts that a batch is split into: as equal as multiples of 8 allow. */
function microSize(count: number, limit: number): number {
  return roundUp(Math.ceil(count / Math.ceil(count / limit)));
}

/**
 * Lays a network out in memory and gives it back with all parameters 0.
 * @throws SpecError if the layers do not fit together, RangeError if it does not fit into memory
 */
export async function createNetwork(spec: NetworkSpec, options: NetworkOptions): Promise<Network> {
  const shapes = inferShapes(spec);
  const outputs = product(shapes.at(-1)!.output);
  const kernels = await instantiateKernels();
  const arena = createArena(kernels);
  const limit = microLimit(spec);
  const capacity = roundUp(limit);
  let update = (_start: number, _length: number): void => {};
  const plan = planNetwork(spec, {
    kernels,
    arena,
    inputs: options.inputs,
    capacity,
    dropoutKey: options.dropoutKey ?? [0, 0],
    update: (start, length) => update(start, length),
  });
  const { layers, parameters } = plan;
  const optimizer = options.optimizer && createOptimizer(options.optimizer, parameters, kernels, arena);
  const output = layers.at(-1)!.output;
  const labels = arena.bytes(capacity);
  const predictions = arena.bytes(capacity);
  const targets = options.loss === 'mse' ? arena.floats(outputs * (capacity + 8)) : 0;

  const pass: Pass = {
    samples: 0,
    padded: 0,
    stride: 0,
    first: 0,
    step: 0,
    training: false,
    accumulate: false,
    last: true,
  };
  let staged: Batch | undefined;

  /** Brings a micro-batch in; the same whole data set is not copied twice. */
  const load = (batch: Batch): void => {
    pass.samples = batch.count;
    pass.padded = roundUp(batch.count);
    pass.stride = strideOf(pass.padded);
    if (
      staged &&
      batch.order === null &&
      staged.order === null &&
      staged.data === batch.data &&
      staged.start === batch.start &&
      staged.count === batch.count
    )
      return;
    plan.load(batch, pass);
    if (options.loss === 'mse') loadFeatureRows(batch, batch.data.targets, outputs, targets, pass.stride, kernels);
    else loadLabels(batch, labels, kernels);
    staged = batch;
  };

  /** Sum of the losses of the micro-batch in memory; gradients scaled for a batch of `total` where wanted. */
  const lossSum = (total: number, withGradient: boolean): number => {
    const grad = withGradient ? output.grad : 0;
    const { samples, padded, stride } = pass;
    if (options.loss === 'mse') {
      return (
        kernels.squaredError(output.value, targets, grad, outputs, samples, padded, stride, 2 / (total * outputs)) /
        outputs
      );
    }
    return kernels.crossEntropy(output.value, labels, grad, predictions, outputs, samples, padded, stride, 1 / total);
  };

  const countCorrect = (batch: Batch, perClass?: { correct: number[]; total: number[] }): number => {
    if (options.loss === 'mse') return 0;
    const predicted = new Uint8Array(kernels.memory.buffer, predictions, batch.count);
    const truth = new Uint8Array(kernels.memory.buffer, labels, batch.count);
    let correct = 0;
    for (let s = 0; s < batch.count; s++) {
      const right = predicted[s] === truth[s] ? 1 : 0;
      correct += right;
      if (perClass) {
        perClass.correct[truth[s]!]! += right;
        perClass.total[truth[s]!]! += 1;
      }
    }
    return correct;
  };

  const forward = (): void => {
    for (const layer of layers) layer.forward(pass);
  };

  const requireFit = (data: Dataset): void => {
    if (product(data.inputShape) !== product(spec.input)) {
      throw new UserError(
        `network: expected samples of shape [${spec.input.join(', ')}], data set ${data.name} has [${data.inputShape.join(', ')}]`,
      );
    }
    if (inputKind(data) !== options.inputs)
      throw new UserError(`network: expected ${options.inputs}, data set ${data.name} has ${inputKind(data)}`);
  };

  const differentiate = (batch: Batch, training: boolean): BatchResult => {
    const size = microSize(batch.count, limit);
    pass.training = training;
    pass.step = optimizer?.steps ?? 0;
    let loss = 0;
    let correct = 0;
    for (let first = 0; first < batch.count; first += size) {
      const part = { ...batch, start: batch.start + first, count: Math.min(size, batch.count - first) };
      load(part);
      pass.first = first;
      pass.accumulate = first > 0;
      pass.last = first + size >= batch.count;
      forward();
      loss += lossSum(batch.count, true);
      correct += countCorrect(part);
      for (let i = layers.length - 1; i >= 0; i--) layers[i]!.backward(pass);
    }
    return { loss: loss / batch.count, correct };
  };

  /** Runs the network over a whole data set, dropout off, and calls back after each part. */
  const sweep = (data: Dataset, visit: (part: Batch) => void): void => {
    requireFit(data);
    pass.training = false;
    pass.first = 0;
    for (let start = 0; start < data.size; start += limit) {
      const part = { data, order: null, start, count: Math.min(limit, data.size - start) };
      load(part);
      forward();
      visit(part);
    }
  };

  return {
    spec,
    parameterCount: parameters.count,
    parameterShapes: parameterShapes(spec),
    memoryBytes: arena.used(),
    parameters: () => exportParameters(parameters, kernels, parameters.value),
    setParameters: (values) => importParameters(parameters, kernels, parameters.value, values),
    step(batch) {
      if (!optimizer) throw new Error('network: made without an optimizer, so it cannot step');
      requireFit(batch.data);
      optimizer.begin();
      update = optimizer.update;
      pass.step = optimizer.steps;
      return differentiate(batch, true);
    },
    gradient(batch, training = false) {
      requireFit(batch.data);
      update = () => {};
      return differentiate(batch, training);
    },
    gradients: () => exportParameters(parameters, kernels, parameters.grad),
    gradNorm: () => Math.sqrt(kernels.sumOfSquares(parameters.grad, parameters.length)),
    parameterNorm: () => Math.sqrt(kernels.sumOfSquares(parameters.value, parameters.length)),
    evaluate(data) {
      if (options.loss === 'mse') {
        let sum = 0;
        sweep(data, () => {
          sum += lossSum(data.size, false);
        });
        return { loss: sum / data.size };
      }
      const perClass = { correct: new Array<number>(outputs).fill(0), total: new Array<number>(outputs).fill(0) };
      let sum = 0;
      let correct = 0;
      sweep(data, (part) => {
        sum += lossSum(data.size, false);
        correct += countCorrect(part, perClass);
      });
      const classAccuracy = perClass.correct.map((right, c) => right / perClass.total[c]!);
      return { loss: sum / data.size, accuracy: correct / data.size, correct, classAccuracy };
    },
    predict(data) {
      const result = new Float32Array(data.size * outputs);
      sweep(data, ({ start, count }) => {
        const values = new Float32Array(kernels.memory.buffer, output.value, outputs * pass.stride);
        for (let s = 0; s < count; s++) {
          for (let o = 0; o < outputs; o++) result[(start + s) * outputs + o] = values[o * pass.stride + s]!;
        }
      });
      return result;
    },
  };
}
