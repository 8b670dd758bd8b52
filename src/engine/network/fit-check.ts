import type { Dataset } from '../../base/dataset.js';
import { UserError } from '../../base/errors.js';
import type { InputKind } from '../layers/planned.js';
import type { LossDefinition } from '../losses/define.js';
import { type LossName, lossesByKind } from '../losses/index.js';
import type { NetworkSpec } from '../network-spec.js';
import { inferShapes, product } from '../shapes.js';

/** Whether a data set's samples are bytes or values. */
export const inputKind = (data: Dataset): InputKind => (data.inputs instanceof Uint8Array ? 'bytes' : 'floats');

/** Checks data sets before a network reads them: kernels read wherever an address points, right or wrong. */
export interface FitCheck {
  /** @throws UserError if the samples are not the network's */
  inputs(data: Dataset): void;
  /** @throws UserError if there are not the targets that the loss compares with */
  targets(data: Dataset): void;
}

/** The check for one network; each data set is looked at once. */
export function fitCheck(spec: NetworkSpec, kind: InputKind, loss: LossName): FitCheck {
  const outputs = product(inferShapes(spec).at(-1)!.output);
  return {
    inputs: once((data) => requireInputs(spec, kind, data)),
    targets: once((data) => requireTargets[lossesByKind[loss].targets](data, outputs)),
  };
}

function once(check: (data: Dataset) => void): (data: Dataset) => void {
  const passed = new WeakSet<Dataset>();
  return (data) => {
    if (passed.has(data)) return;
    check(data);
    passed.add(data);
  };
}

function requireInputs(spec: NetworkSpec, kind: InputKind, data: Dataset): void {
  const { name, size, inputShape, inputs } = data;
  if (product(inputShape) !== product(spec.input)) {
    throw new UserError(
      `network: expected samples of shape [${spec.input.join(', ')}], ${name} has [${inputShape.join(', ')}]`,
    );
  }
  if (inputKind(data) !== kind) throw new UserError(`network: expected ${kind}, ${name} has ${inputKind(data)}`);
  if (inputs.length !== size * product(inputShape)) {
    throw new UserError(
      `${name}.inputs: expected ${size} samples of ${product(inputShape)} numbers, got ${inputs.length} numbers`,
    );
  }
}

function requireValues({ name, size, targets }: Dataset, outputs: number): void {
  if (targets.length !== size * outputs) {
    throw new UserError(
      `${name}.targets: expected ${outputs} numbers for each of ${size} samples, got ${targets.length}`,
    );
  }
}

function requireLabels({ name, size, targets }: Dataset, classes: number): void {
  if (targets.length !== size) {
    throw new UserError(`${name}.targets: expected a label for each of ${size} samples, got ${targets.length}`);
  }
  const odd = targets.findIndex((label) => !(Number.isInteger(label) && label >= 0 && label < classes));
  if (odd >= 0) {
    throw new UserError(
      `${name}.targets[${odd}]: expected a label from 0 to ${classes - 1}, ` +
        `as the network has ${classes} outputs, got ${targets[odd]}`,
    );
  }
}

/** By what a loss compares the outputs with. */
const requireTargets: Readonly<Record<LossDefinition['targets'], typeof requireValues>> = {
  values: requireValues,
  labels: requireLabels,
};
