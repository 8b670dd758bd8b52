import { completed } from '../../base/complete.js';
import { sum } from '../../base/sum.js';
import { dataShape, dataSizes } from '../../data/sources/index.js';
import { lossFor } from '../../engine/losses/index.js';
import { type ModelSpec, networkOf } from '../../engine/model-spec.js';
import type { LossName, NetworkSpec } from '../../engine/network-spec.js';
import type { OptimizerSpec } from '../../engine/optimizers/index.js';
import { inferShapes, product } from '../../engine/shapes.js';
import { sizeChanges } from '../../engine/training/edits.js';
import { observationWork } from '../../engine/training/observations/index.js';
import { stepsOf } from '../../engine/training/schedule.js';
import { measurementOf } from '../../measurements/index.js';
import type { Subject } from '../../measurements/measurement.js';
import type { MeasurementSpec, MeasureSpec } from '../measurement-spec.js';
import type { TaskSpec } from '../task.js';
import type { DataSpec, TrialSpec } from '../trial-spec.js';

/** How large a network is: its parameters, and the multiplications of one sample's way through it. */
export type NetworkSize = Pick<Subject, 'parameters' | 'forward'>;

/** A network as its steps and passes are timed. */
export interface TimedNetwork extends NetworkSize {
  readonly network: NetworkSpec;
  readonly loss: LossName;
  readonly inputs: 'bytes' | 'floats';
  readonly optimizer: OptimizerSpec['kind'];
  readonly batchSize: number;
}

/**
 * What takes a task's time, counted: steps and passes of one network, and multiplications of float64 code around it.
 */
export interface TaskCost {
  /** What steps and passes are of; absent where there are none. */
  readonly of?: TimedNetwork;
  /** Optimizer steps, if the trial trains to its last epoch. */
  readonly steps: number;
  /** Samples whose gradient is taken outside of steps, all in all. */
  readonly gradients: number;
  /** Samples that only go forward. */
  readonly evaluated: number;
  readonly multiplications: number;
}

/** A trial but for its seed, which costs nothing. */
export type UnseededTrial = Omit<TrialSpec, 'seed'>;

/** Finds the spec of a trial that a measurement is taken of. */
export type SpecOf = (id: string) => TrialSpec | undefined;

/** Samples that are measured on side by side. */
const measuredBatch = 1000;

/** What a task costs; undefined where nothing is known of the trials that it measures. */
export function costOf({ spec }: { readonly spec: TaskSpec }, specOf: SpecOf): TaskCost | undefined {
  return spec.kind === 'measurement' ? costOfMeasurement(spec, specOf) : trialCost(spec);
}

function costOfMeasurement({ measure, of }: MeasurementSpec, specOf: SpecOf): TaskCost | undefined {
  const trials = of.flatMap((id) => specOf(id) ?? []);
  return of.length > 0 && trials.length === 0 ? undefined : measurementCost(measure, trials);
}

/** The same as one number, to compare tasks by: multiplications. A step takes three passes. */
export function workOf({ of, steps, gradients, evaluated, multiplications }: TaskCost): number {
  if (of === undefined) return multiplications;
  const passes = 3 * (steps * of.batchSize + gradients) + evaluated;
  return passes * of.forward + multiplications;
}

/** The same for each of some tasks, which may measure each other's trials; 1 where nothing is known. Shapes: [tasks] */
export function workOfEach(tasks: readonly { readonly id: string; readonly spec: TaskSpec }[]): number[] {
  const specOf = specsOf(tasks);
  return tasks.map((task) => {
    const cost = costOf(task, specOf);
    return cost === undefined ? 1 : workOf(cost);
  });
}

/** Finds the specs of trials among some tasks. */
export function specsOf(tasks: readonly { readonly id: string; readonly spec: TaskSpec }[]): SpecOf {
  const trials = new Map<string, TrialSpec>();
  for (const { id, spec } of tasks) if (spec.kind !== 'measurement') trials.set(id, spec);
  return (id) => trials.get(id);
}

/** What a trial costs that trains to its last epoch. */
export function trialCost(spec: UnseededTrial): TaskCost {
  const { observe = {}, stop, optimizer } = spec;
  const { train, test } = dataSizes(spec.data);
  const batchSize = spec.batchSize === 'full' ? train : Math.min(spec.batchSize, train);
  const steps = stepsOf({ ...spec, samples: train, epochs: stop.epochs, changes: sizeChanges(spec.edits ?? []) });
  const observed = observationWork(observe, { epochs: stop.epochs, steps, train, test });
  const ruled = stop.evaluated && observe.train !== 'epoch' ? stop.epochs * train : 0;
  return {
    of: { ...networkPart(spec), optimizer: optimizer.kind, batchSize },
    steps,
    gradients: observed.gradients,
    evaluated: observed.evaluated + ruled,
    multiplications: 0,
  };
}

/** Float64 numbers that a measurement keeps at once. */
export function measurementNumbers({ measure, of }: MeasurementSpec, specOf: SpecOf): number {
  const { fields, trains, numbers } = measurementOf(measure);
  const own = trains?.({ ...measure });
  const trials = of.flatMap((id) => specOf(id) ?? []);
  const subjects = own ? [subjectOf(own, 0)] : trials.map((trial) => subjectOf(trial, snapshotsOf(trial)));
  return numbers?.(completed(fields, { ...measure }), subjects) ?? 0;
}

/** What a measurement of some trials costs. */
export function measurementCost(measure: MeasureSpec, trials: readonly UnseededTrial[]): TaskCost {
  const { fields, trains, work } = measurementOf(measure);
  const own = trains?.({ ...measure });
  const measured = own ?? trials[0];
  const subjects = own ? [subjectOf(own, 0)] : trials.map((trial) => subjectOf(trial, snapshotsOf(trial)));
  return {
    ...(measured && { of: { ...networkPart(measured), optimizer: 'adam', batchSize: measuredBatch } }),
    steps: 0,
    gradients: 0,
    evaluated: 0,
    multiplications: 0,
    ...work(completed(fields, { ...measure }), subjects),
  };
}

interface Trained {
  readonly model: ModelSpec;
  readonly data: DataSpec;
}

function subjectOf({ model, data }: Trained, snapshots: number): Subject {
  const { parameters, forward } = sizedNetwork(model);
  return { parameters, forward, ...dataSizes(data), snapshots };
}

const snapshotsOf = ({ stop, observe }: UnseededTrial): number =>
  Math.floor(stop.epochs / (observe?.snapshots?.every ?? stop.epochs));

function networkPart({ model, data }: Trained): Omit<TimedNetwork, 'optimizer' | 'batchSize'> {
  const { targets, inputs } = dataShape(data);
  return { ...sizedNetwork(model), loss: lossFor(targets), inputs };
}

type SizedNetwork = NetworkSize & Pick<TimedNetwork, 'network'>;

/** Arms share models, and a plan has thousands of arms. */
const sizedNetworks = new WeakMap<ModelSpec, SizedNetwork>();

function sizedNetwork(model: ModelSpec): SizedNetwork {
  const known = sizedNetworks.get(model);
  if (known !== undefined) return known;
  const network = networkOf(model);
  const layers = inferShapes(network);
  const parameters = sum(layers.flatMap((layer) => layer.parameters.map(({ shape }) => product(shape))));
  const sized = { network, parameters, forward: sum(layers.map(({ work }) => work)) };
  sizedNetworks.set(model, sized);
  return sized;
}
