import { SpecError } from '../../../base/errors.js';
import { byDefault, count, either, flag, list, nested, type SpecOf, text, word } from '../../../base/fields.js';
import type { Network } from '../../network/network.js';
import { type ParameterShape, product } from '../../shapes.js';
import { defineObservation } from './observation.js';

const fields = {
  every: count('epochs from one snapshot to the next: kept after the epochs `every`, 2 `every`, ...'),
  parameters: either(
    "which tensors; their names are PyTorch's, e.g. `2.weight`",
    [
      word('all tensors, or those with two or more dimensions', ['all', 'weights']),
      list('names of tensors', text('name of a tensor', 'a name'), 'names'),
    ],
    '"all", "weights" or a list of names of tensors',
  ),
  initial: byDefault(flag('whether the initial parameters are kept as well, as those of epoch 0'), false),
};

/** Which parameters are kept, and when. */
export type SnapshotSpec = SpecOf<typeof fields>;

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

/** Whether a snapshot is taken after an epoch; 0 is before the first one. */
export function isSnapshotEpoch({ every, initial = false }: SnapshotSpec, epoch: number): boolean {
  return epoch === 0 ? initial : epoch % every === 0;
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

/** Parameters that are kept after every so many epochs. They are no metric: they lie beside the result. */
export const snapshots = defineObservation({
  name: 'snapshots',
  field: nested('parameters that are kept after every so many epochs, beside the result', fields),
  columns: {},
  emits: () => [],
  observe(spec, { network, onSnapshot }) {
    if (!onSnapshot) return {};
    const chosen = new Set(snapshotTensors(network.parameterShapes, spec).map(({ name }) => name));
    const take = (epoch: number): void => {
      if (isSnapshotEpoch(spec, epoch)) onSnapshot(epoch, pick(network, chosen));
    };
    return { start: () => take(0), endEpoch: (_, epoch) => take(epoch) };
  },
});
