import { count } from '../base/fields.js';
import { defineMeasurement } from './measurement.js';

/**
 * How much a network's outputs answer to its inputs, on samples that it was trained on and on others.
 * Values: logitsTrain, probabilitiesTrain, logitsTest, probabilitiesTest, each with its standard error (...Error).
 */
export const sensitivity = defineMeasurement({
  name: 'sensitivity',
  of: [1, 1],
  fields: { samples: count('how many samples to measure on') },
  command: { word: 'sensitivity', options: { samples: { unset: 1000 } } },
  work: ({ samples }, [of]) => ({
    multiplications: of ? (Math.min(samples, of.train) + Math.min(samples, of.test)) * of.forward * 2.5 : 0,
  }),
  run: async (context) => (await import('./run/sensitivity.js')).measureSensitivity(context),
});
