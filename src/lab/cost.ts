import type { LossName, NetworkSpec } from '../engine/network-spec.js';
import { inferShapes, parameterCount, product } from '../engine/shapes.js';
import { observationWork } from '../engine/training/observations/index.js';
import type { OptimizerSpec } from '../engine/training/spec.js';
import { withDataDefaults, withDefaults } from '../tasks/defaults.js';
import type { MeasurementSpec, MeasureSpec } from '../tasks/measurement-spec.js';
import { isMeasurement } from '../tasks/task.js';
import { networkOf } from '../tasks/trial-network.js';
import type { DataSpec, TrialSpec } from '../tasks/trial-spec.js';
import type { Task } from './task.js';

/** What takes a task's time, counted: in steps and passes of one network, and in multiplications of float64 code around it. */
export interface TaskCost {
  readonly network: NetworkSpec;
  readonly loss: LossName;
  readonly inputs: 'bytes' | 'floats';
  readonly optimizer: OptimizerSpec['kind'];
  readonly batchSize: number;
  /** Optimizer steps, if the trial goes on to its last epoch. */
  readonly steps: number;
  /** Samples whose gradient is taken outside of steps, all in all. */
  readonly gradients: number;
  /** Samples that only go forward. */
  readonly evaluated: number;
  readonly multiplications: number;
}

/** Gives the spec of a trial that a measurement is taken of. */
export type SpecOf = (id: string) => TrialSpec | undefined;

/** A product with the Hessian costs as much as so many gradients. */
const gradientsPerProduct = 3;
/** Steps that a search for a zero gradient takes, as far as that can be known before. */
const usualSearchSteps = 40;

/** What a task costs; undefined where nothing is known of the trials that it measures. */
export function costOf({ spec }: Task, specOf: SpecOf): TaskCost | undefined {
  return isMeasurement(spec) ? measurementCost(spec, specOf) : trialCost(spec);
}

/** The same as one number, to compare tasks by: multiplications. A step takes three passes. */
export function workOf(cost: TaskCost): number {
  const passes = 3 * (cost.steps * cost.batchSize + cost.gradients) + cost.evaluated;
  return passes * multiplicationsOf(cost.network) + cost.multiplications;
}

/** The same for each of some tasks, which may measure each other's trials; 1 where nothing is known. Shapes: [tasks] */
export function workOfEach(tasks: readonly Task[]): number[] {
  const specOf = specsOf(tasks);
  return tasks.map((task) => {
    const cost = costOf(task, specOf);
    return cost === undefined ? 1 : workOf(cost);
  });
}

/** Finds the specs of trials among some tasks. */
export function specsOf(tasks: readonly Task[]): SpecOf {
  const trials = new Map<string, TrialSpec>();
  for (const { id, spec } of tasks) if (!isMeasurement(spec)) trials.set(id, spec);
  return (id) => trials.get(id);
}

/** Multiplications of one sample's way through a network. */
function multiplicationsOf(network: NetworkSpec): number {
  const layers = inferShapes(network).map(({ spec: layer, input, output }) => {
    if (layer.kind === 'linear') return product(input) * product(output);
    if (layer.kind === 'conv2d') return product(output) * layer.kernel * layer.kernel * (input[0] ?? 1);
    return product(output);
  });
  return layers.reduce((sum, count) => sum + count, 0);
}

function trialCost(spec: TrialSpec): TaskCost {
  const { observe, stop, optimizer } = withDefaults(spec);
  const { train, test } = sizesOf(spec.data);
  const batchSize = spec.batchSize === 'full' ? train : Math.min(spec.batchSize, train);
  const steps = Math.ceil(train / batchSize) * stop.epochs;
  return {
    ...networkPart(spec),
    optimizer: optimizer.kind,
    batchSize,
    steps,
    ...observationWork(observe, { epochs: stop.epochs, steps, train, test }),
    multiplications: 0,
  };
}

function networkPart(spec: Pick<TrialSpec, 'model' | 'data'>): Pick<TaskCost, 'network' | 'loss' | 'inputs'> {
  const isImages = spec.data.kind === 'mnist';
  return {
    network: networkOf(spec.model),
    loss: isImages ? 'crossEntropy' : 'mse',
    inputs: isImages ? 'bytes' : 'floats',
  };
}

function sizesOf(spec: DataSpec): { readonly train: number; readonly test: number } {
  const data = withDataDefaults(spec);
  switch (data.kind) {
    case 'function':
      return { train: data.points, test: 0 };
    case 'table':
      return { train: data.inputs.length, test: 0 };
    case 'mnist':
      return { train: data.trainSize, test: data.testSize };
  }
}

function measurementCost({ measure, of }: MeasurementSpec, specOf: SpecOf): TaskCost | undefined {
  const trials = of.flatMap((id) => specOf(id) ?? []);
  const subject = subjectOf(measure) ?? trials[0];
  if (subject === undefined) return undefined;
  const parts = {
    optimizer: 'adam',
    batchSize: 1000,
    steps: 0,
    gradients: 0,
    evaluated: 0,
    multiplications: 0,
  } as const;
  return { ...networkPart(subject), ...parts, ...passesOf(measure, subject, trials) };
}

/** The network that a measure trains by itself. */
function subjectOf(measure: MeasureSpec): Pick<TrialSpec, 'model' | 'data'> | undefined {
  if (measure.name === 'criticalPoint') return measure;
  if (measure.name !== 'minimalRatioAsCoded') return undefined;
  const widths = [1, measure.hidden, 1];
  return { model: { kind: 'mlp', widths, activation: 'relu' }, data: { kind: 'function', name: 'sinc' } };
}

function passesOf(
  measure: MeasureSpec,
  subject: Pick<TrialSpec, 'model' | 'data'>,
  trials: readonly TrialSpec[],
): Partial<TaskCost> {
  const { train, test } = sizesOf(subject.data);
  const network = networkOf(subject.model);
  const p = parameterCount(network);
  const forward = multiplicationsOf(network);
  const few = 'samples' in measure ? Math.min(measure.samples, train) : train;
  switch (measure.name) {
    case 'interpolation':
      return { evaluated: (measure.alphas.length + 2) * (train + test) };
    case 'predictions':
      return { evaluated: 2 * test };
    case 'gridError':
      return { evaluated: measure.points };
    case 'surface':
      return {
        evaluated: measure.points ** 2 * (few + Math.min(measure.samples, test)),
        ...(measure.plane === 'trajectory' && { multiplications: pairsWork(trials, p) }),
      };
    case 'sharpness':
      return { gradients: 22 * few, evaluated: 40 * few };
    case 'curvature':
      return {
        gradients: 2 * measure.products * gradientsPerProduct * few,
        multiplications: 2 * measure.products ** 2 * p,
      };
    case 'spectrum':
      return { gradients: measure.probes * measure.steps * gradientsPerProduct * few };
    case 'sensitivity':
      return { multiplications: (few + Math.min(measure.samples, test)) * forward * 2.5 };
    case 'trajectory':
      return { multiplications: pairsWork(trials, p) };
    case 'hessian':
      return { multiplications: hessianWork(p, forward, train) };
    case 'criticalPoint':
      return {
        multiplications: usualSearchSteps * (hessianWork(p, forward, train) + 9 * p ** 3 + 120 * forward * train),
      };
    case 'minimalRatioAsCoded':
      return { multiplications: measure.epochs * (measure.hidden ** 2 * 2 * train + 3 * measure.hidden ** 3) };
  }
}

const hessianWork = (p: number, forward: number, samples: number): number => 6 * p * forward * samples + 1.4 * p ** 3;

/** The products of all pairs of snapshots. */
function pairsWork(trials: readonly TrialSpec[], p: number): number {
  const rows = trials.map(({ stop, observe }) => Math.floor(stop.epochs / (observe?.snapshots?.every ?? stop.epochs)));
  return (rows.reduce((sum, count) => sum + count, 0) ** 2 * p) / 2;
}
