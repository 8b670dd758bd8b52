import { byDefault, count, flag, list, optional, real, text, tuple, whole, word } from '../base/fields.js';
import { defineMeasurement, pairsWork } from './measurement.js';

const mostComponents = 10_000;
const mostRuns = 1000;

/**
 * Runs seen in the plane where their snapshots vary most.
 * Columns: run (from 0), epoch, pc1, pc2 ..., residual, distance. Values: explained1, explained2 ...,
 * randomWalkExplained1, randomWalkExplained2 ..., residualShare, pathLength, endDistance, endDistanceOverLength; of
 * movement, withinShare, randomWalkWithinShare and betweenShare; of a picture to meet, columns point (from 1),
 * pointX, pointY, and pointMisfit.
 */
export const trajectory = defineMeasurement({
  name: 'trajectory',
  of: [1, mostRuns],
  // Random walks were seen relative to their mean once, whatever the runs were seen relative to.
  revision: 2,
  revisionFor: ({ rows }) => (rows === 'fromEnd' ? 2 : 1),
  fields: {
    components: whole('how many', 1, mostComponents),
    rows: byDefault(word('relative to their mean, or to the last one', ['centred', 'fromEnd']), 'centred'),
    tensors: optional(list('tensors to look at, of those that are kept', text('a tensor', 'a name'), 'names')),
    firstColumns: optional(count('only the first so many parameters of these')),
    movement: byDefault(flag('also how much of the movement within runs the plane keeps'), false),
    picture: optional(
      list(
        'points of another picture of such runs: how this one lies on it, turned about the origin and mirrored to be ' +
          'nearest',
        tuple(
          'a snapshot and where it lies there',
          [whole('run, from 0', 0), whole('epoch', 0), real('first coordinate'), real('second coordinate')],
          'run, epoch, x and y',
        ),
        'points',
      ),
    ),
    epochs: optional(
      tuple(
        'only snapshots of these epochs, both included',
        [whole('the first', 0), whole('the last', 0)],
        'two epochs [first, last]',
      ),
    ),
  },
  command: { word: 'trajectory', options: { components: { unset: 2 } } },
  work: (_, of) => ({ multiplications: pairsWork(of) }),
  run: async (context) => (await import('./run/trajectory/trajectory.js')).measureTrajectory(context),
});
