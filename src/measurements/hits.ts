import { byDefault, count, whole } from '../base/fields.js';
import { defineMeasurement } from './measurement.js';

const mostTrials = 10_000;

/**
 * Which test images classifiers have right: some networks from the same seeds, network by network, the first against
 * the better of the others. Values: lead (images, median over seeds), low and high (95 %, seeds and images drawn
 * again), images, seeds. Columns: image (from 0), hits1, hits2 ...: seeds from which a network has it right.
 */
export const hits = defineMeasurement({
  name: 'hits',
  of: [2, mostTrials],
  fields: {
    networks: whole('networks that are compared; the trials are those of the first, then of the second ...', 2, 100),
    draws: byDefault(count('bootstrap draws of seeds and images'), 1000),
  },
  command: { word: 'hits', options: { networks: { unset: 2 } } },
  work: ({ draws }, of) => {
    const images = of.reduce((sum, { test }) => sum + test, 0);
    return { evaluated: images, multiplications: draws * images };
  },
  run: async (context) => (await import('./run/hits.js')).measureHits(context),
});
