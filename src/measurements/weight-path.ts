import { text, whole } from '../base/fields.js';
import { defineMeasurement } from './measurement.js';

/**
 * One weight of a run, snapshot by snapshot.
 * Columns: epoch, weight.
 */
export const weightPath = defineMeasurement({
  name: 'weightPath',
  of: [1, 1],
  fields: {
    tensor: text('one of the tensors that are kept', 'a name'),
    place: whole('which of its weights, flat, from 0', 0),
  },
  work: () => ({}),
  run: async (context) => (await import('./run/trajectory/weight-path.js')).measureWeightPath(context),
});
