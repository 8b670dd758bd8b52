import type { Dataset } from '../../base/dataset.js';
import { SpecError } from '../../base/errors.js';
import { Mt19937, type Mt19937State } from '../../base/mt19937.js';
import { philoxKey } from '../../base/streams.js';
import { initializeParameters, loaderOrder } from '../../base/torch-random.js';
import { createNetwork, type Evaluation, inputKind, type Network } from '../network/network.js';
import type { LossName, NetworkSpec } from '../network-spec.js';
import { type ParameterShape, product } from '../shapes.js';
import { observationsWith } from './observations/index.js';
import type { TrainOptions } from './options.js';
import { createRecorder } from './recorder.js';
import { createSnapshotTaker } from './snapshots.js';
import type { StopSpec, TrainStatus } from './spec.js';
import type { LastLosses } from './state.js';

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
  const { data, seed, observe = {}, from } = options;
  requireSensible(options);
  const full = options.batchSize === 'full';
  const batchSize = full ? data.size : Math.min(options.batchSize as number, data.size);
  const network = await createNetwork(options.network, {
    loss: options.loss,
    optimizer: options.optimizer,
    inputs: inputKind(data),
    dropoutKey: philoxKey('dropout', seed),
    curvature: observationsWith('curvature', observe).length > 0,
  });
  const rng = new Mt19937(seed);
  if (from) {
    rng.restore(from.rng);
    network.setParameters(from.parameters);
    network.setOptimizerState(from.optimizer);
  } else {
    rng.skip(options.skip ?? 0);
    const drawn = initializeParameters(
      rng,
      network.parameterShapes.map(({ shape, fanIn }) => ({ size: product(shape), fanIn })),
    );
    network.setParameters(options.initial?.(drawn) ?? drawn);
  }
  return runEpochs(options, network, batchSize, full ? ownOrder(rng) : shuffledOrders(rng, data.size));
}

/** Orders of the samples, epoch by epoch; `origin` is where the generator stood before it drew the last one. */
interface EpochOrders {
  next(): Int32Array | null;
  origin(): Mt19937State;
}

const ownOrder = (rng: Mt19937): EpochOrders => ({ next: () => null, origin: () => rng.state() });

function shuffledOrders(rng: Mt19937, size: number): EpochOrders {
  let origin = rng.state();
  return {
    next() {
      origin = rng.state();
      return loaderOrder(rng, size);
    },
    origin: () => origin,
  };
}

function requireSensible({ batchSize, observe = {}, test, curvatureProbe }: TrainOptions): void {
  if (batchSize !== 'full' && !(Number.isSafeInteger(batchSize) && batchSize > 0))
    throw new SpecError('batchSize', `expected "full" or a whole number of at least 1, got ${batchSize}`);
  const [onTest] = observationsWith('testSet', observe);
  if (onTest && !test)
    throw new SpecError(`observe.${onTest}`, `expected a test set, got none; leave observe.${onTest} out`);
  const [ofCurvature] = observationsWith('curvature', observe);
  if (ofCurvature && !curvatureProbe)
    throw new SpecError(`observe.${ofCurvature}`, 'expected a curvatureProbe beside it, got none; pass one to train');
}

function runEpochs(options: TrainOptions, network: Network, batchSize: number, orders: EpochOrders): TrainResult {
  const { data, stop, from } = options;
  const batches = Math.ceil(data.size / batchSize);
  const recorder = createRecorder(options, network);
  const takeSnapshot = createSnapshotTaker(options, network);
  let status: TrainStatus = 'finished';
  let divergedAt: TrainResult['divergedAt'];
  let epoch = from ? from.epoch - 1 : 0;
  let step = from?.step ?? 0;
  let batch = from?.batch ?? 0;
  let losses: LastLosses = from?.losses ?? [Number.NaN, Number.NaN, Number.NaN];
  const tellCheckpoint = (): void =>
    options.onCheckpoint?.({
      epoch,
      step,
      batch,
      rng: orders.origin(),
      losses,
      recorder: recorder.state(),
      parameters: network.parameters(),
      optimizer: network.optimizerState(),
    });

  if (!from) takeSnapshot(0);
  training: while (epoch < stop.epochs) {
    epoch++;
    const order = orders.next();
    for (; batch < batches; batch++) {
      if (options.shouldStop?.()) {
        tellCheckpoint();
        status = 'stopped';
        break training;
      }
      if (options.checkpointDue?.()) tellCheckpoint();
      const isLast = batch === batches - 1;
      const start = batch * batchSize;
      const count = Math.min(batchSize, data.size - start);
      recorder.beforeStep(step + 1);
      const result = network.step({ data, order, start, count }, recorder.wantsGradients(isLast));
      step++;
      if (isLast) losses = [losses[1], losses[2], result.loss];
      const what = !Number.isFinite(result.loss)
        ? 'loss'
        : isLast && !Number.isFinite(network.parameterNorm())
          ? 'parameters'
          : undefined;
      recorder.step(epoch, step, result, count, isLast, what !== undefined);
      options.onProgress?.({ epoch, step, steps: stop.epochs * batches });
      if (what) {
        losses = [losses[0], losses[1], result.loss];
        status = 'diverged';
        divergedAt = { epoch, step, what };
        break training;
      }
    }
    batch = 0;
    takeSnapshot(epoch);
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
function hasConverged({ converged }: StopSpec, epoch: number, [beforeLast, last, now]: LastLosses): boolean {
  return (
    converged !== undefined &&
    epoch > convergedAfterEpoch &&
    now < converged.below &&
    Math.abs(beforeLast - last) < converged.change &&
    Math.abs(last - now) < converged.change
  );
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
