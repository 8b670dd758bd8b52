import { completed } from '../base/complete.js';
import { dataSizes } from '../data/sources/index.js';
import { activations as activationKinds } from '../engine/layers/index.js';
import { networkOf } from '../engine/model-spec.js';
import type { LayerSpec } from '../engine/network-spec.js';
import { parameterShapes, product } from '../engine/shapes.js';
import { measurementOf } from '../measurements/index.js';
import type { Arm, MeasurementArm, Preset } from '../study/experiment.js';
import { type CompleteTrial, withDefaults } from '../tasks/defaults.js';
import type { ModelSpec } from '../tasks/trial-spec.js';

/** A parameter tensor: its name, its size, and the inputs of one output of its layer. */
export interface Tensor {
  readonly name: string;
  readonly size: number;
  readonly fanIn: number;
}

/** What settings are read from: the spec of an arm with all defaults, and what follows from it. */
export interface SettingSubject extends Partial<Pick<CompleteTrial, 'data' | 'loss' | 'optimizer'>> {
  readonly layers?: readonly LayerSpec[];
  readonly activations?: readonly string[];
  /** Of the linear layers, the input first. */
  readonly widths?: readonly number[];
  readonly tensors?: readonly Tensor[];
  /** Samples a step. */
  readonly batchSize?: number;
  readonly samples?: number;
  readonly epochs?: number;
  readonly converged?: CompleteTrial['stop']['converged'];
  readonly seed?: number;
  /** Draws that are passed over before the first parameter. */
  readonly skip?: number;
  readonly snapshotsEvery?: number;
  readonly components?: number;
  readonly firstColumns?: number;
  readonly alphas?: readonly number[];
}

/** What an arm of a preset sets; undefined if the preset has no such arm. */
export function subjectOf(preset: Preset, id: string): SettingSubject | undefined {
  const trial = preset.arms.find((arm) => arm.id === id);
  if (trial !== undefined) return ofTrial(trial, preset);
  const measurement = preset.measurements.find((arm) => arm.id === id);
  return measurement && { ...ofMeasurement(measurement), ...seedOf(preset) };
}

const seedOf = ({ seeds: [seed] }: Preset): Pick<SettingSubject, 'seed'> => (seed === undefined ? {} : { seed });

function ofTrial({ spec, group }: Arm, preset: Preset): SettingSubject {
  const trial = withDefaults({ ...spec, seed: 0 });
  const { data, model, loss, optimizer, batchSize, stop, init, observe } = trial;
  const { train } = dataSizes(data);
  const snapshots = observe.snapshots;
  return {
    ...ofModel(model),
    ...seedOf(preset),
    data,
    loss,
    optimizer,
    samples: train,
    batchSize: batchSize === 'full' ? train : Math.min(batchSize, train),
    epochs: stop.epochs,
    ...(stop.converged && { converged: stop.converged }),
    ...('skip' in init && { skip: init.skip }),
    ...(snapshots && { snapshotsEvery: snapshots.every }),
    ...(init.kind === 'interpolated' && { alphas: alphasOf(preset, group) }),
  };
}

/** Of the networks of one line. */
const alphasOf = ({ arms }: Preset, line: string | undefined): readonly number[] =>
  arms.flatMap(({ spec: { init }, group }) => (init?.kind === 'interpolated' && group === line ? [init.alpha] : []));

/** Parts of measurements that stand for a training or its network. */
interface MeasureFields {
  readonly model?: ModelSpec;
  readonly hidden?: number;
  readonly epochs?: number;
  readonly learningRate?: number;
  readonly components?: number;
  readonly firstColumns?: number;
  readonly alphas?: readonly number[];
}

function ofMeasurement({ measure }: MeasurementArm): SettingSubject {
  const { name: _, ...given } = measure;
  const fields = completed(measurementOf(measure).fields, given as never) as MeasureFields;
  const { hidden, model = hidden === undefined ? undefined : oneHidden(hidden), learningRate } = fields;
  const { epochs, components, firstColumns, alphas } = fields;
  return {
    ...(model && ofModel(model)),
    ...(learningRate !== undefined && { optimizer: { kind: 'adam', learningRate, weightDecay: 0 } as never }),
    ...(epochs !== undefined && { epochs }),
    ...(components !== undefined && { components }),
    ...(firstColumns !== undefined && { firstColumns }),
    ...(alphas && { alphas }),
  };
}

const oneHidden = (hidden: number): ModelSpec => ({ kind: 'mlp', widths: [1, hidden, 1], activation: 'relu' });

function ofModel(model: ModelSpec): Pick<SettingSubject, 'layers' | 'activations' | 'widths' | 'tensors'> {
  const network = networkOf(model);
  const tensors = parameterShapes(network).map(({ name, shape, fanIn }) => ({ name, size: product(shape), fanIn }));
  const linear = network.layers.flatMap((layer) => (layer.kind === 'linear' ? [layer.features] : []));
  const activations = network.layers.flatMap(({ kind }) => (isActivation(kind) ? [kind] : []));
  const [first] = tensors.filter(({ size, fanIn }) => size === fanIn * linear[0]!);
  return { layers: network.layers, activations, widths: [first?.fanIn ?? 0, ...linear], tensors };
}

const isActivation = (kind: string): boolean => activationKinds.some((one) => one.kind === kind);

/** Parameters by layer: a weight and the bias behind it together. */
export function layerWeights(tensors: readonly Tensor[]): readonly number[] {
  const sizes = new Map<string, number>();
  for (const { name, size } of tensors) {
    const layer = name.split('.')[0]!;
    sizes.set(layer, (sizes.get(layer) ?? 0) + size);
  }
  return [...sizes.values()];
}
