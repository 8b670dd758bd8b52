import { byDefault, count, either, flag, list, nested, type SpecOf, text, word } from '../../../base/fields.js';
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

/** Parameters that are kept after every so many epochs. They are no metric: they lie beside the result. */
export const snapshots = defineObservation({
  name: 'snapshots',
  field: nested('parameters that are kept after every so many epochs, beside the result', fields),
  columns: {},
  emits: () => [],
});
