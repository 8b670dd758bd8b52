import { count, positive } from '../base/fields.js';
import { defineMeasurement } from './measurement.js';

/** Multiplications of both climbs by parameter: what L-BFGS does with its vectors, and the box. */
const climbWork = 1500;

/**
 * How far the training loss rises in a small box around a network.
 * Values: sharpness, adaptiveSharpness, loss, maxLoss.
 */
export const sharpness = defineMeasurement({
  name: 'sharpness',
  of: [1, 1],
  fields: { epsilon: positive('size of the box'), samples: count('how many samples to measure on') },
  command: { word: 'sharpness', options: { samples: { unset: 1000 }, epsilon: { unset: 0.001 } } },
  work({ samples }, [of]) {
    const few = Math.min(samples, of?.train ?? 0);
    return { gradients: 22 * few, evaluated: 40 * few, multiplications: climbWork * (of?.parameters ?? 0) };
  },
  run: async (context) => (await import('./run/sharpness.js')).measureSharpness(context),
});
