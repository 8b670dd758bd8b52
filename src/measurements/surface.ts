import { byDefault, count, positive, whole, word } from '../base/fields.js';
import { defineMeasurement, pairsWork } from './measurement.js';

const mostPointsASide = 1000;

/**
 * The loss over a plane: through a network along two random filter-normalised directions, or the plane in which its
 * snapshots vary most.
 * Columns: a, b, trainLoss, testLoss; of a trajectory also pathA, pathB, pathEpoch, a row a snapshot. The shorter
 * columns end in null. Values: of a trajectory explained1, explained2.
 */
export const surface = defineMeasurement({
  name: 'surface',
  of: [1, 1],
  fields: {
    span: positive("how far to go, in the weights' own size, or in the path's"),
    points: whole('points a side', 2, mostPointsASide),
    samples: count('how many samples to measure on'),
    plane: byDefault(
      word('random, or trajectory, in which the snapshots vary most', ['random', 'trajectory']),
      'random',
    ),
  },
  command: {
    word: 'surface',
    options: { samples: { unset: 1000 }, points: { unset: 21 }, span: { unset: 1 }, plane: {} },
  },
  work({ points, samples, plane }, of) {
    const { train = 0, test = 0 } = of[0] ?? {};
    return {
      evaluated: points ** 2 * (Math.min(samples, train) + Math.min(samples, test)),
      multiplications: plane === 'trajectory' ? pairsWork(of) : 0,
    };
  },
  run: async (context) => (await import('./run/surface.js')).measureSurface(context),
});
