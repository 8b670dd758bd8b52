import { expect, test } from 'vitest';
import { expectClose } from '../../../test/support/close.js';
import { uniformValues } from '../../../test/support/random.js';
import { gramMatrix } from './gram-matrix.js';
import { gramPca } from './gram-pca.js';
import { snapshotsInMemory } from './snapshots.js';
import { runShares } from './within-runs.js';

const runs = [
  { start: 0, end: 4 },
  { start: 4, end: 9 },
];
const rows = Array.from({ length: 9 }, (_, t) => uniformValues(7, t + 1));
const sharesOf = (points: readonly Float32Array[], components: number) => {
  const gram = gramMatrix(snapshotsInMemory(points));
  return runShares(gram, gramPca(gram, components), runs);
};

/** Summed squares of some coordinates about the mean of each run. */
function scatter(points: readonly ArrayLike<number>[]): number {
  return runs.reduce((total, { start, end }) => {
    const own = points.slice(start, end);
    const means = Array.from(own[0]!, (_, c) => own.reduce((sum, point) => sum + point[c]!, 0) / own.length);
    return (
      total + own.reduce((sum, point) => sum + means.reduce((square, m, c) => square + (point[c]! - m) ** 2, 0), 0)
    );
  }, 0);
}

test('the shares are those of the coordinates themselves, by another way, within 1e-12', () => {
  const gram = gramMatrix(snapshotsInMemory(rows));
  const { scores } = gramPca(gram, 2);
  const plane = rows.map((_, t) => [scores[2 * t]!, scores[2 * t + 1]!]);
  const all = plane.reduce((sum, point) => sum + point.reduce((square, x) => square + x * x, 0), 0);
  const { within, between } = sharesOf(rows, 2);
  expectClose([within, between], [scatter(plane) / scatter(rows), 1 - scatter(plane) / all], 1e-12);
});

test('a plane of as many components as there are dimensions keeps all movement', () => {
  expect(sharesOf(rows, 7).within).toBeCloseTo(1, 10);
});

test('runs that start far apart and hardly move: the plane is between them, and keeps little of what they do', () => {
  const apart = rows.map((row, t) => row.map((x, c) => 1e-3 * x + (c === 0 ? (t < 4 ? 1 : -1) : 0)));
  const { within, between } = sharesOf(apart, 1);
  expect(between).toBeGreaterThan(0.999);
  expect(within).toBeLessThan(0.5);
});
