import type { NetworkSpec } from '../engine/network-spec.js';
import { type ParameterShape, parameterShapes, product } from '../engine/shapes.js';
import type { SnapshotSpec } from '../engine/training/observations/index.js';
import { isSnapshotEpoch, snapshotTensors } from '../engine/training/observations/index.js';
import type { StopSpec } from '../engine/training/spec.js';

/** Snapshots of a trial in memory. Shapes: epochs [t], values [t][width], row after row. */
export interface SnapshotTable {
  readonly epochs: readonly number[];
  readonly tensors: readonly Pick<ParameterShape, 'name' | 'shape'>[];
  readonly width: number;
  readonly values: Float32Array<ArrayBuffer>;
}

/**
 * What a trial's snapshots will be: `count` of them at most, of `width` numbers each.
 * @throws SpecError if a tensor is not the network's
 */
export function snapshotSize(network: NetworkSpec, { epochs }: StopSpec, spec: SnapshotSpec) {
  const tensors = snapshotTensors(parameterShapes(network), spec).map(({ name, shape }) => ({ name, shape }));
  const width = tensors.reduce((sum, { shape }) => sum + product(shape), 0);
  return { tensors, count: Math.floor(epochs / spec.every) + (isSnapshotEpoch(spec, 0) ? 1 : 0), width };
}

/**
 * Takes snapshots as they come, after those that were taken before; undefined where none are asked for. All of them
 * must fit into memory: 45 of 397,510 parameters are 72 MB.
 */
export function collectSnapshots(
  network: NetworkSpec,
  stop: StopSpec,
  spec: SnapshotSpec | undefined,
  taken: Pick<SnapshotTable, 'epochs' | 'values'> = { epochs: [], values: new Float32Array() },
) {
  if (spec === undefined) return undefined;
  const { tensors, count, width } = snapshotSize(network, stop, spec);
  const values = new Float32Array(count * width);
  values.set(taken.values);
  const epochs = [...taken.epochs];
  let rows = epochs.length;
  return {
    add(epoch: number, row: Float32Array): void {
      values.set(row, rows * width);
      epochs[rows++] = epoch;
    },
    /** How many there are. */
    count: () => rows,
    /** The first so many, by default all. */
    table: (first = rows): SnapshotTable => ({
      epochs: epochs.slice(0, first),
      tensors,
      width,
      values: values.slice(0, first * width),
    }),
    /** Moves to where there were so many, or to where there will be again. */
    moveTo(count: number): void {
      rows = count;
    },
  };
}
