import type { NetworkSpec } from '../engine/network-spec.js';
import { type ParameterShape, parameterShapes, product } from '../engine/shapes.js';
import { isSnapshotEpoch, snapshotTensors } from '../engine/snapshots.js';
import type { SnapshotSpec, StopSpec } from '../engine/train-spec.js';

/** Snapshots of a trial in memory. Shapes: epochs [t], values [t][width], row after row. */
export interface SnapshotTable {
  readonly epochs: readonly number[];
  readonly tensors: readonly Pick<ParameterShape, 'name' | 'shape'>[];
  readonly width: number;
  readonly values: Float32Array<ArrayBuffer>;
}

/** Takes snapshots as they come; undefined where none are asked for. All of them must fit into memory: 45 of 397,510 parameters are 72 MB. */
export function collectSnapshots(network: NetworkSpec, { epochs }: StopSpec, spec: SnapshotSpec | undefined) {
  if (spec === undefined) return undefined;
  const tensors = snapshotTensors(parameterShapes(network), spec).map(({ name, shape }) => ({ name, shape }));
  const width = tensors.reduce((sum, { shape }) => sum + product(shape), 0);
  const rows = Array.from({ length: epochs + 1 }, (_, epoch) => epoch).filter((epoch) => isSnapshotEpoch(spec, epoch));
  const values = new Float32Array(rows.length * width);
  const taken: number[] = [];
  return {
    add(epoch: number, row: Float32Array): void {
      values.set(row, taken.length * width);
      taken.push(epoch);
    },
    table: (): SnapshotTable => ({ epochs: taken, tensors, width, values: values.slice(0, taken.length * width) }),
  };
}
