import { byDefault, whole, word } from '../../base/fields.js';
import { functionDataset } from '../functions.js';
import { dataRevision, defineSource } from './source.js';

/** Samples of a function or a table, at most. */
export const mostSamples = 1_000_000;

/** A function that is known by its name, on an even grid over [-1, 1]. */
export const functionSource = defineSource({
  kind: 'function',
  fields: {
    name: word('the function', ['sinc', 'signSin']),
    points: byDefault(whole('points of linspace(-1, 1, points)', 2, mostSamples), 300),
  },
  sizes: ({ points }) => ({ train: points, test: 0 }),
  shape: () => ({ input: [1], inputs: 'floats', outputs: 1, targets: 'values' }),
  digest: () => ({ revision: dataRevision }),
  readsMnist: false,
  load: async ({ name, points }) => ({ train: functionDataset(name, { points }) }),
});
