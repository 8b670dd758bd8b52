import { SpecError } from '../base/errors.js';
import { inferShapes, parameterShapes, product } from '../engine/shapes.js';
import { snapshotTensors } from '../engine/snapshots.js';
import { withDataDefaults } from './defaults.js';
import { quote } from './spec-problems.js';
import { networkOf } from './trial-network.js';
import type { DataSpec, ModelSpec, TrialSpec } from './trial-spec.js';

const mnistShape = [1, 28, 28];
const mnistClasses = 10;

/** What the data feeds to a network and asks of it. */
interface DataShape {
  readonly input: readonly number[];
  readonly outputs: number;
  readonly targets: 'labels' | 'values';
}

/** What is wrong between the fields of a spec whose fields are each right: shapes, loss against targets, observations that make no sense. */
export function checkTrial(spec: TrialSpec): readonly SpecError[] {
  const problems: SpecError[] = [];
  const collect = (check: () => void): void => {
    try {
      check();
    } catch (error) {
      if (!(error instanceof SpecError)) throw error;
      problems.push(error);
    }
  };
  collect(() => {
    const shape = dataShape(spec.data);
    collect(() => checkModel(spec.model, shape, spec.data.kind));
    collect(() => checkLoss(spec, shape));
    collect(() => checkAccuracy(spec, shape));
  });
  collect(() => checkTest(spec));
  collect(() => checkSnapshots(spec));
  collect(() => checkLambdaMax(spec));
  return problems;
}

function dataShape(data: DataSpec): DataShape {
  switch (data.kind) {
    case 'function':
      return { input: [1], outputs: 1, targets: 'values' };
    case 'mnist':
      return { input: mnistShape, outputs: mnistClasses, targets: 'labels' };
    case 'table': {
      const { inputs, targets } = data;
      if (inputs.length !== targets.length) {
        throw new SpecError(
          'data.targets',
          `expected a row for each of the ${inputs.length} inputs, got ${targets.length}`,
        );
      }
      return {
        input: [rowLength(inputs, 'data.inputs')],
        outputs: rowLength(targets, 'data.targets'),
        targets: 'values',
      };
    }
  }
}

function rowLength(rows: readonly (readonly number[])[], path: string): number {
  const length = rows[0]?.length ?? 0;
  const odd = rows.findIndex((row) => row.length !== length);
  if (odd >= 0) {
    throw new SpecError(`${path}[${odd}]`, `expected ${length} numbers, as in the first row, got ${rows[odd]?.length}`);
  }
  return length;
}

function checkModel(model: ModelSpec, data: DataShape, dataName: string): void {
  if (model.kind === 'mlp' && model.widths.length < 2) {
    throw new SpecError('model.widths', `expected at least two widths (inputs, outputs), got ${quote(model.widths)}`);
  }
  const network = networkOf(model);
  const output = outputOf(model);
  // A flat network reads an image as its pixels in a row; otherwise the shapes must be the same.
  const fits =
    network.input.length === 1 ? network.input[0] === product(data.input) : quote(network.input) === quote(data.input);
  if (!fits) {
    throw new SpecError(
      model.kind === 'mlp' ? 'model.widths[0]' : 'model.input',
      `expected ${inputsAllowed(model, data)} for ${dataName} data, got ${quote(model.kind === 'mlp' ? model.widths[0] : model.input)}`,
    );
  }
  if (output.length !== 1 || output[0] !== data.outputs) {
    throw new SpecError(
      model.kind === 'mlp' ? `model.widths[${model.widths.length - 1}]` : `model.layers[${model.layers.length - 1}]`,
      `expected ${data.outputs} output${data.outputs === 1 ? '' : 's'} for ${dataName} data, got ${output.join(' x ')}`,
    );
  }
}

function inputsAllowed(model: ModelSpec, data: DataShape): string {
  const pixels = product(data.input);
  if (model.kind === 'mlp') return String(pixels);
  return data.input.length === 1 ? quote(data.input) : `${quote(data.input)} or [${pixels}]`;
}

/** Shape of one output; errors of the layers' shapes get the path inside a trial. */
function outputOf(model: ModelSpec): readonly number[] {
  try {
    return inferShapes(networkOf(model)).at(-1)?.output ?? [];
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    throw new SpecError(`model.${error.path}`, error.message.slice(error.path.length + 2));
  }
}

function checkLoss(spec: TrialSpec, data: DataShape): void {
  const expected = data.targets === 'labels' ? 'crossEntropy' : 'mse';
  if (spec.loss !== expected) {
    throw new SpecError(
      'loss',
      `expected "${expected}", as ${spec.data.kind} data has ${data.targets}, got "${spec.loss}"`,
    );
  }
}

function checkAccuracy(spec: TrialSpec, data: DataShape): void {
  if (spec.observe?.accuracy !== undefined && data.targets === 'values') {
    throw new SpecError(
      'observe.accuracy',
      `expected nothing, as ${spec.data.kind} data has no labels, got "${spec.observe.accuracy}"`,
    );
  }
}

function checkTest(spec: TrialSpec): void {
  if (spec.observe?.test !== undefined && spec.data.kind !== 'mnist') {
    throw new SpecError(
      'observe.test',
      `expected nothing, as ${spec.data.kind} data has no test set, got "${spec.observe.test}"`,
    );
  }
}

function checkSnapshots({ observe, model }: TrialSpec): void {
  if (observe?.snapshots) snapshotTensors(parameterShapes(networkOf(model)), observe.snapshots);
}

/** Each look at lambdaMax takes some hundred gradients of all samples. */
const mostSamplesForLambdaMax = 10_000;

function checkLambdaMax({ observe, data }: TrialSpec): void {
  const complete = withDataDefaults(data);
  if (observe?.lambdaMax && complete.kind === 'mnist' && complete.trainSize > mostSamplesForLambdaMax) {
    throw new SpecError(
      'observe.lambdaMax',
      `expected at most ${mostSamplesForLambdaMax} training images beside it, got ${complete.trainSize}; set data.trainSize, or measure the curvature of the finished trial`,
    );
  }
}
