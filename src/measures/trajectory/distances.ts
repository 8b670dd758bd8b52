import type { Gram } from './gram-matrix.js';
import type { Range } from './snapshots.js';

/**
 * Distance between two snapshots in the space of the chosen parameters, not in a plane of it.
 *
 *     |theta_i - theta_j| = sqrt(G_ii + G_jj - 2 G_ij)
 *
 * Absolute error about 1e-8 of the snapshots' distances from the center.
 * @throws RangeError if there is no such snapshot
 */
export function snapshotDistance({ count, values }: Gram, i: number, j: number): number {
  const square = values[i * count + i]! + values[j * count + j]! - 2 * values[i * count + j]!;
  if (Number.isNaN(square)) throw new RangeError(`distance: expected snapshots 0 to ${count - 1}, got ${i} and ${j}`);
  return Math.sqrt(Math.max(0, square));
}

/**
 * Distances between neighbouring snapshots of one run; their sum is the length of its path.
 *
 * Shapes: result [run.end - run.start - 1].
 * @throws RangeError if the run is not among the snapshots
 */
export function stepLengths(gram: Gram, { start, end }: Range): Float64Array {
  return Float64Array.from({ length: Math.max(0, end - start - 1) }, (_, t) =>
    snapshotDistance(gram, start + t, start + t + 1),
  );
}
