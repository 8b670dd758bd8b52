import type { Dataset } from '../base/dataset.js';
import { SpecError } from '../base/errors.js';
import { Mt19937 } from '../base/mt19937.js';
import { philoxKey } from '../base/streams.js';
import { initializeParameters, loaderOrder } from '../base/torch-random.js';
import { type BatchResult, createNetwork, type Evaluation, inputKind, type Network } from './network.js';
import type { LossName, NetworkSpec } from './network-spec.js';
import { type ParameterShape, parameterShapes, product } from './shapes.js';
import type { Cadence, MetricRow, ObserveSpec, OptimizerSpec, StopSpec, TrainStatus } from './train-spec.js';

/** One training run. */
export interface TrainOptions {
  readonly network: NetworkSpec;
  readonly loss: LossName;
  readonly optimizer: OptimizerSpec;
  /** A size larger than the data set means one batch of all samples, shuffled; `full` means all samples in their own order. */
  readonly batchSize: number | 'full';
  readonly stop: StopSpec;
  /** As `torch.manual_seed(seed)`; initial parameters and batch order follow from it. */
  readonly seed: number;
  /** 32-bit draws to pass over before the initial parameters: those of networks built before. Default 0. */
  readonly skip?: number;
  readonly data: Dataset;
  readonly test?: Dataset;
  readonly observe?: ObserveSpec;
  readonly onRow?: (row: MetricRow) => void;
  /** After every step; costs what the caller makes of it, so a caller that draws should do so by the clock. */
  readonly onProgress?: (progress: TrainProgress) => void;
  /** Asked before every step; true ends the run with status `stopped`. */
  readonly shouldStop?: () => boolean;
}

/** Steps taken so far, of at most `steps`. */
export interface TrainProgress {
  readonly epoch: number;
  readonly step: number;
  readonly steps: number;
}

export interface TrainResult {
  readonly status: TrainStatus;
  readonly epochs: number;
  readonly steps: number;
  /** Loss of the last minibatch, before its step. */
  readonly finalLoss: number;
  /** Where and what first was not finite. */
  readonly divergedAt?: { readonly epoch: number; readonly step: number; readonly what: 'loss' | 'parameters' };
  /** Flat, in PyTorch's order; `parameterShapes` says how to cut it. */
  readonly parameters: Float32Array<ArrayBuffer>;
  readonly parameterShapes: readonly ParameterShape[];
  /** The last evaluation of the training and test set, where they were observed. */
  readonly evaluation: { readonly train?: Evaluation; readonly test?: Evaluation };
}

/** The report's rule looks at convergence only after this many epochs (spec of section 1.1.1). */
const convergedAfterEpoch = 5;

/**
 * Trains a network from PyTorch's initial parameters, over PyTorch's batches. The same options give the same bits on every machine.
 * @throws SpecError if the options do not fit together
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const { data, seed } = options;
  requireTestSet(options);
  const full = options.batchSize === 'full';
  const batchSize = full ? data.size : Math.min(options.batchSize as number, data.size);
  const network = await createNetwork(options.network, {
    loss: options.loss,
    optimizer: options.optimizer,
    inputs: inputKind(data),
    dropoutKey: philoxKey('dropout', seed),
  });
  const rng = new Mt19937(seed);
  rng.skip(options.skip ?? 0);
  network.setParameters(
    initializeParameters(
      rng,
      parameterShapes(options.network).map(({ shape, fanIn }) => ({ size: product(shape), fanIn })),
    ),
  );
  return runEpochs(options, network, batchSize, full ? () => null : () => loaderOrder(rng, data.size));
}

function requireTestSet({ observe, test }: TrainOptions): void {
  if (observe?.test && !test)
    throw new SpecError('observe.test', 'expected a test set, got none; leave observe.test out');
}

function runEpochs(
  options: TrainOptions,
  network: Network,
  batchSize: number,
  nextOrder: () => Int32Array | null,
): TrainResult {
  const { data, stop } = options;
  const batches = Math.ceil(data.size / batchSize);
  const recorder = createRecorder(options, network);
  let status: TrainStatus = 'finished';
  let divergedAt: TrainResult['divergedAt'];
  let epoch = 0;
  let step = 0;
  let losses: [number, number, number] = [Number.NaN, Number.NaN, Number.NaN];

  training: while (epoch < stop.epochs) {
    epoch++;
    const order = nextOrder();
    for (let b = 0; b < batches; b++) {
      if (options.shouldStop?.()) {
        status = 'stopped';
        break training;
      }
      const start = b * batchSize;
      const count = Math.min(batchSize, data.size - start);
      const result = network.step({ data, order, start, count });
      step++;
      if (b === batches - 1) losses = [losses[1], losses[2], result.loss];
      const what = !Number.isFinite(result.loss)
        ? 'loss'
        : b === batches - 1 && !Number.isFinite(network.parameterNorm())
          ? 'parameters'
          : undefined;
      recorder.step(epoch, step, result, count, b === batches - 1, what !== undefined);
      options.onProgress?.({ epoch, step, steps: stop.epochs * batches });
      if (what) {
        losses[2] = result.loss;
        status = 'diverged';
        divergedAt = { epoch, step, what };
        break training;
      }
    }
    if (hasConverged(stop, epoch, losses)) {
      status = 'converged';
      break;
    }
  }
  recorder.end(epoch, step, status);
  return {
    status,
    epochs: epoch,
    steps: step,
    finalLoss: losses[2],
    ...(divergedAt && { divergedAt }),
    parameters: network.parameters(),
    parameterShapes: network.parameterShapes,
    evaluation: recorder.evaluation,
  };
}

/** The report's rule: after five epochs, the loss is below a bound and its last two changes are below another. `losses`: of the last three epochs. */
function hasConverged(
  { converged }: StopSpec,
  epoch: number,
  [beforeLast, last, now]: readonly [number, number, number],
): boolean {
  return (
    converged !== undefined &&
    epoch > convergedAfterEpoch &&
    now < converged.below &&
    Math.abs(beforeLast - last) < converged.change &&
    Math.abs(last - now) < converged.change
  );
}

interface Recorder {
  readonly evaluation: { train?: Evaluation; test?: Evaluation };
  /** `final`: no step follows, so that what is seen once an epoch is recorded now and evaluations are left out. */
  step(epoch: number, step: number, result: BatchResult, count: number, endOfEpoch: boolean, diverged: boolean): void;
  end(epoch: number, step: number, status: TrainStatus): void;
}

/** Turns what happens into rows of observations, as `observe` asks. */
function createRecorder(options: TrainOptions, network: Network): Recorder {
  const { observe = {}, data, test, onRow } = options;
  const evaluation: Recorder['evaluation'] = {};
  let lossSum = 0;
  let correctSum = 0;
  let seen = 0;
  let pending: MetricRow | undefined;

  const at = (cadence: Cadence | undefined, endOfEpoch: boolean): boolean =>
    cadence === 'step' || (cadence === 'epoch' && endOfEpoch);
  const flush = (): void => {
    if (pending) onRow?.(pending);
    pending = undefined;
  };
  const evaluate = (which: 'train' | 'test'): Evaluation => {
    const found = network.evaluate(which === 'train' ? data : test!);
    evaluation[which] = found;
    return found;
  };
  const evaluations = (cadence: 'epoch' | 'end'): Partial<MetricRow> => {
    const train = observe.train === cadence ? evaluate('train') : undefined;
    const tested = observe.test === cadence ? evaluate('test') : undefined;
    return {
      ...(train && { trainLoss: train.loss, ...(train.accuracy !== undefined && { trainAccuracy: train.accuracy }) }),
      ...(tested && { testLoss: tested.loss, ...(tested.accuracy !== undefined && { testAccuracy: tested.accuracy }) }),
    };
  };

  return {
    evaluation,
    step(epoch, step, { loss, correct }, count, endOfEpoch, diverged) {
      flush();
      lossSum += loss * count;
      correctSum += correct;
      seen += count;
      const row = {
        ...(at(observe.loss, endOfEpoch) && { loss: observe.loss === 'step' ? loss : lossSum / seen }),
        ...(endOfEpoch && observe.lastBatchLoss && { lastBatchLoss: loss }),
        ...(at(observe.gradNorm, endOfEpoch) && { gradNorm: network.gradNorm() }),
        ...(at(observe.accuracy, endOfEpoch) && {
          accuracy: observe.accuracy === 'step' ? correct / count : correctSum / seen,
        }),
        ...(endOfEpoch && !diverged && evaluations('epoch')),
      };
      // A row waits for the next step, as the last one of a run may get evaluations of the end.
      if (Object.keys(row).length > 0 || diverged) pending = { epoch, step, ...row };
      if (endOfEpoch) lossSum = correctSum = seen = 0;
    },
    end(epoch, step, status) {
      const final = status === 'diverged' || status === 'stopped' ? {} : evaluations('end');
      if (Object.keys(final).length > 0) pending = { epoch, step, ...pending, ...final };
      flush();
    },
  };
}

/** Outputs of a network with the given parameters for every sample (logits for crossEntropy). Shapes: parameters in PyTorch's order, result [size, outputs]. */
export async function predict(
  network: NetworkSpec,
  parameters: Float32Array,
  data: Dataset,
): Promise<Float32Array<ArrayBuffer>> {
  const made = await createNetwork(network, { loss: 'mse', inputs: inputKind(data) });
  made.setParameters(parameters);
  return made.predict(data);
}

/** Loss and accuracies of a network with the given parameters, dropout off. */
export async function evaluate(
  network: NetworkSpec,
  parameters: Float32Array,
  loss: LossName,
  data: Dataset,
): Promise<Evaluation> {
  const made = await createNetwork(network, { loss, inputs: inputKind(data) });
  made.setParameters(parameters);
  return made.evaluate(data);
}
