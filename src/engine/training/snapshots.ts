import { SpecError } from '../../base/errors.js';
import type { Network } from '../network/network.js';
import { type ParameterShape, product } from '../shapes.js';
import type { SnapshotSpec } from './observations/index.js';
import type { TrainOptions } from './options.js';

/**
 * The tensors that a snapshot holds, in the network's order. Weights are what has two or more dimensions.
 * @throws SpecError if a name is not the network's, or none is left
 */
export function snapshotTensors<T extends Pick<ParameterShape, 'name' | 'shape'>>(
  shapes: readonly T[],
  { parameters }: Pick<SnapshotSpec, 'parameters'>,
): readonly T[] {
  if (parameters === 'all') return shapes;
  if (parameters === 'weights') return shapes.filter(({ shape }) => shape.length > 1);
  const known = shapes.map(({ name }) => name);
  const unknown = parameters.find((name) => !known.includes(name));
  if (unknown !== undefined || parameters.length === 0) {
    throw new SpecError(
      'observe.snapshots.parameters',
      `expected some of ${known.join(', ')}, got ${unknown ?? 'none'}`,
    );
  }
  return shapes.filter(({ name }) => parameters.includes(name));
}

/** Says after which epochs a snapshot is taken, the first one included. */
export function isSnapshotEpoch({ every, initial = false }: SnapshotSpec, epoch: number): boolean {
  return epoch === 0 ? initial : epoch % every === 0;
}

/** Passes the chosen tensors on where `observe.snapshots` asks for it. */
export function createSnapshotTaker({ observe, onSnapshot }: TrainOptions, network: Network): (epoch: number) => void {
  const spec = observe?.snapshots;
  if (!spec || !onSnapshot) return () => {};
  const chosen = new Set(snapshotTensors(network.parameterShapes, spec).map(({ name }) => name));
  return (epoch) => {
    if (isSnapshotEpoch(spec, epoch)) onSnapshot(epoch, pick(network, chosen));
  };
}

function pick({ parameters, parameterShapes }: Network, chosen: ReadonlySet<string>): Float32Array {
  const all = parameters();
  if (chosen.size === parameterShapes.length) return all;
  let [read, written] = [0, 0];
  for (const { name, shape } of parameterShapes) {
    const size = product(shape);
    if (chosen.has(name)) {
      all.copyWithin(written, read, read + size);
      written += size;
    }
    read += size;
  }
  return all.subarray(0, written);
}
