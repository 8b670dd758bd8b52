import { counted } from '../../base/counted.js';
import { SpecError } from '../../base/errors.js';
import { checkData, dataShape, dataSizes } from '../../data/sources/index.js';
import type { DataShape } from '../../data/sources/source.js';
import { lossFor } from '../../engine/losses/index.js';
import { type ModelSpec, networkOf } from '../../engine/model-spec.js';
import { gibibytes, memoryLimitBytes } from '../../engine/network/arena.js';
import { inferShapes, parameterCount, product } from '../../engine/shapes.js';
import { readEdits } from '../../engine/training/edits.js';
import { type Need, type ObserveSpec, observationsWith } from '../../engine/training/observations/index.js';
import { snapshotSize } from '../snapshot-table.js';
import type { TrialSpec } from '../trial-spec.js';
import { quote } from './spec-problems.js';

/**
 * What is wrong between the fields of a spec whose fields are each right: shapes, sizes, loss against targets,
 * observations that make no sense.
 */
export function checkTrial(spec: TrialSpec): readonly SpecError[] {
  const checks = [checkLoss, checkLabels, checkTest, checkStop, checkSnapshots, checkLambdaMax, checkEdits];
  return [...checkSubject(spec), ...checks.flatMap((check) => problemOf(() => check(spec)))];
}

/** What is wrong with a network for some data, or with the data. */
export function checkSubject({ model, data }: Pick<TrialSpec, 'model' | 'data'>): readonly SpecError[] {
  const problems = [...problemOf(() => checkData(data)), ...problemOf(() => checkNetwork(model))];
  return problems.length > 0 ? problems : problemOf(() => checkFit(model, dataShape(data), data.kind));
}

function problemOf(check: () => void): readonly SpecError[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    return [error];
  }
}

/** A parameter takes three floats at least: its value, its gradient, and what its optimizer remembers. */
const bytesOfParameter = 12;
const mostParameters = Math.floor(memoryLimitBytes / bytesOfParameter);

function checkNetwork(model: ModelSpec): void {
  if (model.kind === 'mlp' && model.widths.length < 2) {
    throw new SpecError('model.widths', `expected at least two widths (inputs, outputs), got ${quote(model.widths)}`);
  }
  const parameters = withModelPath(() => parameterCount(networkOf(model)));
  if (parameters === 0) throw new SpecError('model.layers', 'expected a linear or conv2d layer among them, got none');
  if (parameters > mostParameters) {
    throw new SpecError(
      'model',
      `expected at most ${mostParameters} parameters, which fill ${gibibytes(memoryLimitBytes)}, ` +
        `got ${parameters}, which need ${gibibytes(bytesOfParameter * parameters)}`,
    );
  }
}

function checkFit(model: ModelSpec, data: DataShape, dataName: string): void {
  const network = networkOf(model);
  const output = inferShapes(network).at(-1)?.output ?? [];
  // A flat network reads an image as its pixels in a row; otherwise the shapes must be the same.
  const fits =
    network.input.length === 1 ? network.input[0] === product(data.input) : quote(network.input) === quote(data.input);
  if (!fits) {
    throw new SpecError(
      model.kind === 'mlp' ? 'model.widths[0]' : 'model.input',
      `expected ${inputsAllowed(model, data)} for ${dataName} data, ` +
        `got ${quote(model.kind === 'mlp' ? model.widths[0] : model.input)}`,
    );
  }
  if (output.length !== 1 || output[0] !== data.outputs) {
    throw new SpecError(
      model.kind === 'mlp' ? `model.widths[${model.widths.length - 1}]` : `model.layers[${model.layers.length - 1}]`,
      `expected ${counted(data.outputs, 'output')} for ${dataName} data, got ${output.join(' x ')}`,
    );
  }
}

function inputsAllowed(model: ModelSpec, data: DataShape): string {
  const pixels = product(data.input);
  if (model.kind === 'mlp') return String(pixels);
  return data.input.length === 1 ? quote(data.input) : `${quote(data.input)} or [${pixels}]`;
}

/** Errors of the layers' shapes get the path inside a trial. */
function withModelPath<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    throw new SpecError(`model.${error.path}`, error.problem);
  }
}

function checkLoss({ loss, data }: TrialSpec): void {
  const { targets } = dataShape(data);
  const expected = lossFor(targets);
  if (loss !== expected) {
    throw new SpecError('loss', `expected "${expected}", as ${data.kind} data has ${targets}, got "${loss}"`);
  }
}

function checkLabels({ observe = {}, data }: TrialSpec): void {
  if (dataShape(data).targets === 'values') requireNone(observe, 'labels', `${data.kind} data has no labels`);
}

function checkTest({ observe = {}, data }: TrialSpec): void {
  if (dataSizes(data).test === 0) requireNone(observe, 'testSet', `${data.kind} data has no test set`);
}

function checkStop({ stop: { evaluated }, data }: TrialSpec): void {
  if (evaluated === undefined) return;
  if (evaluated.lossBelow === undefined && evaluated.accuracy === undefined) {
    throw new SpecError('stop.evaluated', 'expected lossBelow, accuracy or both, got neither');
  }
  if (evaluated.accuracy !== undefined && dataShape(data).targets === 'values') {
    const why = `${data.kind} data has no labels`;
    throw new SpecError('stop.evaluated.accuracy', `expected nothing, as ${why}, got ${evaluated.accuracy}`);
  }
}

function requireNone(observe: ObserveSpec, need: Need, why: string): void {
  const [name] = observationsWith(need, observe);
  if (name === undefined) return;
  throw new SpecError(`observe.${name}`, `expected nothing, as ${why}, got ${quote(observe[name])}`);
}

/** Snapshots are gathered in memory and written as one file. */
const mostSnapshotBytes = 2 ** 31;

function checkSnapshots({ observe, model, stop }: TrialSpec): void {
  // A network that is wrong by itself has its own message.
  if (observe?.snapshots === undefined || problemOf(() => checkNetwork(model)).length > 0) return;
  const { count, width } = snapshotSize(networkOf(model), stop, observe.snapshots);
  const bytes = 4 * count * width;
  if (bytes > mostSnapshotBytes) {
    throw new SpecError(
      'observe.snapshots',
      `expected at most ${gibibytes(mostSnapshotBytes)} of them, got ${count} of ${width} numbers, ` +
        `which need ${gibibytes(bytes)}; take fewer, or of fewer tensors`,
    );
  }
}

/** Each look at lambdaMax takes some hundred gradients of all samples. */
const mostSamplesForLambdaMax = 10_000;

function checkLambdaMax({ observe, data }: TrialSpec): void {
  const samples = dataSizes(data).train;
  if (observe?.lambdaMax && samples > mostSamplesForLambdaMax) {
    throw new SpecError(
      'observe.lambdaMax',
      `expected at most ${mostSamplesForLambdaMax} training samples beside it, got ${samples}; ` +
        `train on fewer, or measure the curvature of the finished trial`,
    );
  }
}

function checkEdits({ edits = [], data, model, ...spec }: TrialSpec): void {
  // Data or a network that are wrong by themselves have their own messages.
  if (edits.length === 0 || checkSubject({ data, model }).length > 0) return;
  const { batchSize, optimizer, stop } = spec;
  const parameters = parameterCount(networkOf(model));
  readEdits(edits, { samples: dataSizes(data).train, epochs: stop.epochs, batchSize, optimizer, parameters });
}
