import { SpecError } from '../../base/errors.js';
import { Mt19937 } from '../../base/mt19937.js';
import { philoxKey } from '../../base/streams.js';
import { initializeParameters } from '../../base/torch-random.js';
import { createNetwork, type Evaluation, inputKind, type Network } from '../network/network.js';
import { type ParameterShape, product } from '../shapes.js';
import { type Edit, movedByUnits, readEdits, sizeChanges } from './edits.js';
import { type EpochOrders, epochOrders } from './epoch-orders.js';
import { observationsWith } from './observations/index.js';
import type { TrainerOptions, TrainProgress } from './options.js';
import { createRecorder, type Recorder } from './recorder.js';
import { type Cutting, type Place, placeAfter, sizeAt, stepsOf } from './schedule.js';
import type { TrainStatus } from './spec.js';
import type { LastLosses, TrainEnd, TrainState } from './state.js';
import { hasConverged, isTrained } from './stop-rule.js';

/** What a run has come to. */
export interface TrainResult {
  readonly status: TrainStatus;
  readonly epochs: number;
  readonly steps: number;
  /** Loss of the last minibatch of the last epoch that was completed, or of the step that diverged. */
  readonly finalLoss: number;
  /** Where and what first was not finite. */
  readonly divergedAt?: { readonly epoch: number; readonly step: number; readonly what: 'loss' | 'parameters' };
  /** Flat, in PyTorch's order; `parameterShapes` says how to cut it. */
  readonly parameters: Float32Array<ArrayBuffer>;
  readonly parameterShapes: readonly ParameterShape[];
  /** The last evaluation of the training and test set, where they were observed. */
  readonly evaluation: { readonly train?: Evaluation; readonly test?: Evaluation };
}

/** A run in progress: what stays, and where it stands. */
export interface Run {
  readonly options: TrainerOptions;
  readonly network: Network;
  readonly orders: EpochOrders;
  readonly edits: readonly Edit[];
  readonly cutting: Cutting;
  /** Steps to the end of the last epoch. */
  readonly steps: number;
  recorder: Recorder;
  /** As in `TrainState`. */
  epoch: number;
  step: number;
  batch: number;
  losses: LastLosses;
  end: TrainEnd | undefined;
  /** Samples of the epoch that its steps so far have met. */
  seen: number;
  /** Samples of the next batch, at most. */
  batchSize: number;
  /** The first of the edits that is not made yet. */
  nextEdit: number;
  /** This epoch's, once its first step is taken. */
  order: Int32Array | null;
}

/** Lays out the network and draws its parameters, or resumes; the initial snapshot is emitted here. */
export async function startRun(options: TrainerOptions): Promise<Run> {
  const { data, seed, observe = {}, from } = options;
  requireSensible(options);
  const network = await createNetwork(options.network, {
    loss: options.loss,
    optimizer: options.optimizer,
    inputs: inputKind(data),
    dropoutKey: philoxKey('dropout', seed),
    curvature: observationsWith('curvature', observe).length > 0,
  });
  const { edits, cutting } = plannedChanges(options, network.parameterCount);
  const rng = new Mt19937(seed);
  if (!from) drawParameters(options, network, rng);
  const run: Run = {
    options,
    network,
    orders: epochOrders(rng, data.size),
    edits,
    cutting,
    steps: stepsOf(cutting),
    recorder: createRecorder({ ...options, network }),
    epoch: 0,
    step: 0,
    batch: 0,
    losses: [Number.NaN, Number.NaN, Number.NaN],
    end: undefined,
    order: null,
    seen: 0,
    batchSize: samplesOf(cutting, 1),
    nextEdit: 0,
  };
  if (from) {
    restoreRun(run, from);
  } else {
    run.recorder.start();
    nextEpoch(run);
  }
  return run;
}

function requireSensible({ batchSize, observe = {}, test, curvatureProbe }: TrainerOptions): void {
  if (batchSize !== 'full' && !(Number.isSafeInteger(batchSize) && batchSize > 0))
    throw new SpecError('batchSize', `expected "full" or a whole number of at least 1, got ${batchSize}`);
  const [onTest] = observationsWith('testSet', observe);
  if (onTest && !test)
    throw new SpecError(`observe.${onTest}`, `expected a test set, got none; leave observe.${onTest} out`);
  const [ofCurvature] = observationsWith('curvature', observe);
  if (ofCurvature && !curvatureProbe)
    throw new SpecError(`observe.${ofCurvature}`, 'expected a curvatureProbe beside it, got none; pass one to train');
}

/** What changes on the way, and the batches that follow from it. */
function plannedChanges(
  { optimizer, batchSize, stop: { epochs }, data, edits = [] }: TrainerOptions,
  parameters: number,
): Pick<Run, 'edits' | 'cutting'> {
  const plain = { samples: data.size, epochs, batchSize };
  return {
    edits: readEdits(edits, { ...plain, optimizer, parameters }),
    cutting: { ...plain, changes: sizeChanges(edits) },
  };
}

/** Samples of the batch of a step, at most. */
function samplesOf(cutting: Cutting, step: number): number {
  const size = sizeAt(cutting, step);
  return size === 'full' ? cutting.samples : Math.min(size, cutting.samples);
}

function drawParameters({ skip = 0, initial }: TrainerOptions, network: Network, rng: Mt19937): void {
  rng.skip(skip);
  const tensors = network.parameterShapes.map(({ shape, fanIn }) => ({ size: product(shape), fanIn }));
  const drawn = initializeParameters(rng, tensors);
  network.setParameters(initial?.(drawn) ?? drawn);
}

/** One optimizer step, observed. */
export function takeStep(run: Run): void {
  const { options, network, recorder } = run;
  const { data, onProgress } = options;
  makeEdits(run);
  run.step++;
  if (run.batch === 0) run.order = nextOrder(run, run.step);
  const start = run.seen;
  const count = Math.min(run.batchSize, data.size - start);
  run.batch++;
  run.seen += count;
  const endsEpoch = run.seen === data.size;
  recorder.beforeStep(run.step);
  const result = network.step({ data, order: run.order, start, count }, recorder.readsGradients(endsEpoch));
  const { epoch, step, batch: steps, seen } = run;
  const what = firstNotFinite(network, result.loss, endsEpoch);
  recorder.step({ epoch, step, result, count, seen, steps, endsEpoch }, what !== undefined);
  onProgress?.({ epoch, step, steps: run.steps });
  if (endsEpoch) run.losses = [run.losses[1], run.losses[2], result.loss];
  if (what) diverge(run, what, result.loss);
  else if (endsEpoch) nextEpoch(run);
}

/** The order of the epoch that begins with a step. */
const nextOrder = ({ orders, cutting }: Run, step: number): Int32Array | null =>
  sizeAt(cutting, step) === 'full' ? orders.own() : orders.shuffled();

/** Makes the edits that are due before the next step. */
function makeEdits(run: Run): void {
  for (let edit = run.edits[run.nextEdit]; edit?.atStep === run.step + 1; edit = run.edits[run.nextEdit]) {
    if (edit.changes === 'batchSize') run.batchSize = samplesOf(run.cutting, edit.atStep);
    else if (edit.changes === 'optimizer') run.network.retune(edit.optimizer);
    else moveParameter(run.network, edit.index, edit.units);
    run.nextEdit++;
  }
}

function moveParameter(network: Network, index: number, units: number): void {
  const parameters = network.parameters();
  parameters[index] = movedByUnits(parameters[index]!, units);
  network.setParameters(parameters);
}

/** What is not finite after a step; parameters are looked at once an epoch. */
function firstNotFinite(network: Network, loss: number, endsEpoch: boolean): 'loss' | 'parameters' | undefined {
  if (!Number.isFinite(loss)) return 'loss';
  return endsEpoch && !Number.isFinite(network.parameterNorm()) ? 'parameters' : undefined;
}

function diverge(run: Run, what: 'loss' | 'parameters', loss: number): void {
  run.losses = [run.losses[0], run.losses[1], loss];
  run.end = { status: 'diverged', what };
  run.recorder.flush();
}

/** Begins the next epoch, or ends the run. */
function nextEpoch(run: Run): void {
  const { epoch, step } = run;
  const status = meetsRule(run) ? 'converged' : epoch >= run.options.stop.epochs ? 'finished' : undefined;
  if (status) {
    run.end = { status };
    run.recorder.end(epoch, step);
  } else {
    run.epoch++;
    run.batch = 0;
    run.seen = 0;
  }
}

function meetsRule({ options: { stop, observe, data }, network, recorder, epoch, losses }: Run): boolean {
  if (hasConverged(stop, epoch, losses)) return true;
  if (stop.evaluated === undefined || epoch === 0) return false;
  const seen = observe?.train === 'epoch' ? recorder.evaluation.train : undefined;
  return isTrained(stop.evaluated, seen ?? network.evaluate(data));
}

/** How far a run is. */
export const progressOf = (run: Run): TrainProgress => ({ epoch: run.epoch, step: run.step, steps: run.steps });

/** Where a run stands; a copy. */
export function stateOf({ network, orders, recorder, epoch, step, batch, losses, end }: Run): TrainState {
  return {
    epoch,
    step,
    batch,
    rng: batch === 0 ? orders.state() : orders.origin(),
    losses,
    recorder: recorder.state(),
    parameters: network.parameters(),
    optimizer: network.optimizerState(),
    ...(end && { end }),
  };
}

/** Where a run stands in its data. @throws RangeError if the state cannot be one of this run */
function requirePlace({ network, cutting }: Run, { epoch, step, batch, parameters, end }: TrainState): Place {
  if (parameters.length !== network.parameterCount) {
    throw new RangeError(`parameters: expected ${network.parameterCount} values, got ${parameters.length}`);
  }
  const place = end && step > 0 ? endedPlace(cutting, step) : placeAfter(cutting, step);
  const expected = place.epochs + (end && step === 0 ? 0 : 1);
  const isOver = !end && place.epochs >= cutting.epochs;
  if (epoch !== expected || batch !== place.batches || isOver) {
    throw new RangeError(
      `state: expected batch ${place.batches} of epoch ${expected} of ${cutting.epochs} after ${step} steps, ` +
        `got batch ${batch} of epoch ${epoch}; it is another run's`,
    );
  }
  return place;
}

/** Where a run that ends with a step stands: in the epoch of that step. */
function endedPlace(cutting: Cutting, step: number): Place {
  const { epochs, batches, samples } = placeAfter(cutting, step - 1);
  const more = Math.min(samplesOf(cutting, step), cutting.samples - samples);
  return { epochs, batches: batches + 1, samples: samples + more };
}

/** Moves a run to a state. @throws RangeError or UserError, and stays where it is, if the state is another run's */
export function restoreRun(run: Run, state: TrainState): void {
  const { epoch, step, batch, rng, losses, end } = state;
  const { samples: seen } = requirePlace(run, state);
  const recorder = createRecorder({ ...run.options, network: run.network }, state.recorder);
  run.orders.restore(rng);
  run.network.setOptimizerState(state.optimizer);
  run.network.setParameters(state.parameters);
  run.recorder = recorder;
  run.order = batch === 0 ? null : nextOrder(run, step - batch + 1);
  Object.assign(run, { epoch, step, batch, losses, end, seen });
  resumeEdits(run);
}

/** Has the settings of the edits that were made before a step; what they did to parameters is in the state. */
function resumeEdits(run: Run): void {
  const { edits, network, options, step, cutting } = run;
  const made = edits.filter(({ atStep }) => atStep <= step);
  const tuned = made.findLast((edit) => edit.changes === 'optimizer');
  if (edits.some(({ changes }) => changes === 'optimizer')) network.retune(tuned?.optimizer ?? options.optimizer);
  run.batchSize = samplesOf(cutting, step);
  run.nextEdit = made.length;
}

/** What a run has come to. Shapes: parameters flat, in PyTorch's order */
export function resultOf({ network, recorder, epoch, step, losses, end }: Run): TrainResult {
  return {
    status: end?.status ?? 'stopped',
    epochs: epoch,
    steps: step,
    finalLoss: losses[2],
    ...(end?.status === 'diverged' && { divergedAt: { epoch, step, what: end.what } }),
    parameters: network.parameters(),
    parameterShapes: network.parameterShapes,
    evaluation: recorder.evaluation,
  };
}
