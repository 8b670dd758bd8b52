import { inferShapes, parameterCount, product } from '../engine/shapes.js';
import type { MeasureName } from '../tasks/measurement-spec.js';
import { networkOf } from '../tasks/trial-network.js';
import type { DataSpec, ModelSpec } from '../tasks/trial-spec.js';
import type { Arm, MeasurementArm, Preset } from './experiment.js';

/** Seconds by operation on one core of about 3 GHz, from timings of the kernels; good to a factor of two. */
const perStep = 3e-5;
const perParameterStep = 0.9e-9;
const perProductTrained = { images: 26e-12, convolution: 66e-12, curve: 150e-12 } as const;
/** An evaluation is a forward pass alone. */
const evaluationShare = 0.5;

/**
 * Completes a preset with its rough cost: all its trials to their last epoch, all its measurements, from all its seeds.
 */
export function preset(parts: Omit<Preset, 'estimatedSeconds' | 'measurements'> & Partial<Preset>): Preset {
  const { seeds, arms, measurements = [] } = parts;
  const trials = arms.reduce((sum, arm) => sum + trialSeconds(arm), 0);
  const measured = measurements.reduce((sum, arm) => sum + measurementSeconds(arm, arms), 0);
  return { ...parts, measurements, estimatedSeconds: Number((seeds.length * (trials + measured)).toPrecision(2)) };
}

function trialSeconds({ spec }: Arm): number {
  const { train, test } = sizes(spec.data);
  const batch = spec.batchSize === 'full' ? train : Math.min(spec.batchSize, train);
  const steps = Math.ceil(train / batch) * spec.stop.epochs;
  const perSample = sampleSeconds(spec.model, spec.data);
  const evaluations = spec.observe?.test === 'epoch' ? spec.stop.epochs : 1;
  return (
    steps * (perStep + perParameterStep * parameterCount(networkOf(spec.model))) +
    spec.stop.epochs * train * perSample +
    evaluations * test * perSample * evaluationShare
  );
}

/** Measures whose cost hardly depends on the trial. */
const perMeasurement: Readonly<Record<Exclude<MeasureName, 'interpolation' | 'trajectory'>, number>> = {
  gridError: 0.05,
  predictions: 0.2,
  sharpness: 4,
  curvature: 3,
  sensitivity: 1,
  criticalPoint: 2,
  minimalRatioAsCoded: 2,
  hessian: 1,
  spectrum: 5,
  surface: 5,
};

/** A line costs its points, a plane of principal components the products of all pairs of snapshots. */
function measurementSeconds({ measure, of }: MeasurementArm, arms: readonly Arm[]): number {
  if (measure.name !== 'interpolation' && measure.name !== 'trajectory') return perMeasurement[measure.name];
  const spec = arms.find(({ id }) => id === of[0])?.spec;
  if (spec === undefined) return 0;
  if (measure.name === 'interpolation') {
    const { train, test } = sizes(spec.data);
    return measure.alphas.length * (train + test) * sampleSeconds(spec.model, spec.data) * evaluationShare;
  }
  const snapshots = (of.length * spec.stop.epochs) / (spec.observe?.snapshots?.every ?? 1);
  return snapshots * snapshots * parameterCount(networkOf(spec.model)) * 0.4e-9;
}

function sampleSeconds(model: ModelSpec, data: DataSpec): number {
  const network = networkOf(model);
  const products = inferShapes(network).map(({ spec, input, output }) => {
    if (spec.kind === 'linear') return product(input) * product(output);
    return spec.kind === 'conv2d' ? product(output) * spec.kernel * spec.kernel * (input[0] ?? 1) : 0;
  });
  const kind = data.kind !== 'mnist' ? 'curve' : model.kind === 'mlp' ? 'images' : 'convolution';
  return products.reduce((sum, n) => sum + n, 0) * perProductTrained[kind];
}

function sizes(data: DataSpec): { readonly train: number; readonly test: number } {
  if (data.kind === 'mnist') return { train: data.trainSize ?? 60_000, test: data.testSize ?? 10_000 };
  return { train: data.kind === 'function' ? (data.points ?? 300) : data.inputs.length, test: 0 };
}
