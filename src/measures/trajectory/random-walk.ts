import type { SnapshotCenter } from './column-blocks.js';
import { snapshotDistance, stepLengths } from './distances.js';
import type { Gram } from './gram-matrix.js';
import type { Range } from './snapshots.js';

/**
 * A walk with steps of given lengths in random directions, from a point that lies `offset` from the common origin in a
 * random direction of its own.
 */
export interface RandomWalk {
  readonly offset: number;
  readonly steps: ArrayLike<number>;
}

/**
 * Gram matrix of random walks in the limit of many dimensions, where independent steps are orthogonal: what the PCA of
 * a trajectory looks like when there is nothing to see.
 *
 *     G_(r,i),(q,j) = [r = q] (offset_r^2 + sum_{s <= min(i,j)} step_rs^2), then relative to the mean of all points, or
 *                                                                            to the last one, as `center` says
 *
 * It is what snapshots of P parameters tend to as P grows, with deviations of the order of sqrt(1 / P); no draw is
 * needed. One walk of n points with equal steps has explainedVarianceRatio_c proportional to 1 / sin^2(pi c / 2n), some
 * 61 % and 15 % for c = 1, 2, and cosines for scores: Lissajous curves in the plane. Relative to its last point it has
 * them proportional to 1 / (2c - 1)^2, some 81 % and 9 %.
 * Shapes: result [t][t], t = sum of (steps + 1) over the walks. Cost: O(t^2). Reference: Antognini & Sohl-Dickstein
 * 2018.
 * @throws RangeError if there is no step, or an offset or step is not finite and at least 0
 */
export function randomWalkGram(walks: readonly RandomWalk[], center: SnapshotCenter = 'mean'): Gram {
  const count = walks.reduce((sum, { steps }) => sum + steps.length + 1, 0);
  if (count < 2) throw new RangeError(`randomWalkGram: expected at least 2 points, got ${count}`);
  const values = new Float64Array(count * count);
  let first = 0;
  for (const { offset, steps } of walks) {
    const squares = cumulativeSquares(offset, steps);
    for (let i = 0; i < squares.length; i++) {
      for (let j = 0; j < squares.length; j++) values[(first + i) * count + first + j] = squares[Math.min(i, j)]!;
    }
    first += squares.length;
  }
  return { count, values: center === 'mean' ? doublyCentered(values, count) : aboutLast(values, count) };
}

/**
 * Random walks with the step lengths of real runs, whose starts are as far apart as those of the runs.
 *
 *     offset^2 = mean over pairs of runs of |start_r - start_q|^2 / 2,   0 for a single run
 *
 * Shapes: runs are stretches of the gram's snapshots.
 * @throws RangeError if a run is not among the snapshots
 */
export function walksLike(gram: Gram, runs: readonly Range[]): RandomWalk[] {
  let squares = 0;
  let pairs = 0;
  runs.forEach((run, r) => {
    for (const other of runs.slice(0, r)) {
      const distance = snapshotDistance(gram, run.start, other.start);
      squares += (distance * distance) / 2;
      pairs++;
    }
  });
  const offset = pairs === 0 ? 0 : Math.sqrt(squares / pairs);
  return runs.map((run) => ({ offset, steps: stepLengths(gram, run) }));
}

function cumulativeSquares(offset: number, steps: ArrayLike<number>): Float64Array {
  let sum = 0;
  return Float64Array.from([offset, ...Array.from(steps)], (length) => {
    if (!(length >= 0 && length < Infinity)) {
      throw new RangeError(`randomWalkGram: expected finite lengths of at least 0, got ${length}`);
    }
    sum += length * length;
    return sum;
  });
}

/** G_ij - G_in - G_jn + G_nn: the Gram matrix of the same points relative to the last one, n. */
function aboutLast(values: Float64Array, count: number): Float64Array {
  const last = count - 1;
  const withLast = (i: number): number => values[i * count + last]!;
  return values.map((value, at) => value - withLast(Math.floor(at / count)) - withLast(at % count) + withLast(last));
}

/** G_ij - mean_i - mean_j + mean: the Gram matrix of the same points relative to their mean. */
function doublyCentered(values: Float64Array, count: number): Float64Array {
  const means = Float64Array.from({ length: count }, (_, i) => {
    const row = values.subarray(i * count, (i + 1) * count);
    return row.reduce((sum, value) => sum + value, 0) / count;
  });
  const mean = means.reduce((sum, value) => sum + value, 0) / count;
  return values.map((value, at) => value - means[Math.floor(at / count)]! - means[at % count]! + mean);
}
