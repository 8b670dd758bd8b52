import { list, real } from '../base/fields.js';
import { evenGrid } from '../measures/landscape/grid.js';
import { defineMeasurement } from './measurement.js';

const mostPoints = 1_000_000;

/**
 * Loss and accuracy along the line through two trained networks, and the barriers between them.
 * Columns: alpha, trainLoss, trainAccuracy, testLoss, testAccuracy. Values: barrierTrain, barrierTest.
 */
export const interpolation = defineMeasurement({
  name: 'interpolation',
  of: [2, 2],
  fields: { alphas: list('where to look', real('a point'), 'numbers', { most: mostPoints }) },
  command: {
    word: 'interpolate',
    options: { alphas: { unset: evenGrid(-1, 2, 31), unsetText: '31 points from -1 to 2' } },
  },
  work: ({ alphas }, [of]) => ({ evaluated: of ? (alphas.length + 2) * (of.train + of.test) : 0 }),
  run: async (context) => (await import('./run/interpolation.js')).measureInterpolation(context),
});
