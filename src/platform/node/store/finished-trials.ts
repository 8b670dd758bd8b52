import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../base/errors.js';
import { networkOf } from '../../../engine/model-spec.js';
import { parameterShapes, product } from '../../../engine/shapes.js';
import { snapshotTensors } from '../../../engine/training/observations/index.js';
import { readSafetensors } from '../../../lab/safetensors.js';
import type { FinishedTrial } from '../../../tasks/finished-trial.js';
import type { TrialSpec } from '../../../tasks/trial-spec.js';
import { readBytes, readJson } from '../files.js';
import { requireIntact } from './checksums.js';
import { openSnapshots } from './snapshots-file.js';
import { taskFiles } from './task-files.js';

/** A trial of the store in a folder. @throws as readFinishedTrial */
export const readTrialOf = (store: string, id: string): FinishedTrial =>
  readFinishedTrial(join(store, 'trials', id), id);

/**
 * A trial from its folder, as other tasks start from it.
 * @throws UserError if it is not there or damaged; it names the file
 */
export function readFinishedTrial(folder: string, id: string): FinishedTrial {
  if (!existsSync(folder)) throw new UserError(`${folder}: expected a finished trial, got nothing; run it first`);
  requireIntact(folder, [taskFiles.spec, taskFiles.weights, taskFiles.snapshots]);
  const spec = readJson(join(folder, taskFiles.spec)) as TrialSpec;
  const snapshots = join(folder, taskFiles.snapshots);
  return {
    id,
    spec,
    parameters: readParameters(join(folder, taskFiles.weights), spec),
    ...(existsSync(snapshots) && { snapshots: openSnapshots(snapshots, tensorsKept(spec)) }),
  };
}

/**
 * The parameters of a trial's network from a safetensors file, in PyTorch's order, whatever the order in the file.
 * @throws UserError if a tensor is missing, of another shape, or not the network's; it names file and tensor
 */
export function readParameters(path: string, { model }: Pick<TrialSpec, 'model'>): Float32Array {
  const shapes = parameterShapes(networkOf(model));
  const tensors = readSafetensors(readBytes(path), path);
  const unknown = tensors.find(({ name }) => !shapes.some((shape) => shape.name === name));
  if (unknown) throw new UserError(`${path}: expected tensors of the network, got ${unknown.name} beside them`);
  const result = new Float32Array(shapes.reduce((sum, { shape }) => sum + product(shape), 0));
  let at = 0;
  for (const { name, shape } of shapes) {
    const found = tensors.find((tensor) => tensor.name === name);
    if (found === undefined || found.shape.join() !== shape.join()) {
      const got = found ? `[${found.shape.join(', ')}]` : 'none';
      throw new UserError(`${path}: expected a tensor ${name} of shape [${shape.join(', ')}], got ${got}`);
    }
    result.set(found.values, at);
    at += found.values.length;
  }
  return result;
}

function tensorsKept({ model, observe }: TrialSpec) {
  const shapes = parameterShapes(networkOf(model));
  return observe?.snapshots ? snapshotTensors(shapes, observe.snapshots) : [];
}
