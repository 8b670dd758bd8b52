import { notNegative, optional, whole } from '../base/fields.js';
import { defineMeasurement } from './measurement.js';

const mostPoints = 1_000_000;

/**
 * How far a fit of a function is from it on an even grid over [-1, 1].
 * Values: mse, maxError, points.
 */
export const gridError = defineMeasurement({
  name: 'gridError',
  of: [1, 1],
  fields: {
    points: whole('points a side', 2, mostPoints),
    excludeAroundJumps: optional(notNegative('points nearer to a jump than that are left out')),
  },
  command: { word: 'gridError', options: { points: { unset: 10_000 } } },
  work: ({ points }) => ({ evaluated: points }),
  run: async (context) => (await import('./run/grid-error.js')).measureGridError(context),
});
