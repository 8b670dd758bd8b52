import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { expectClose } from '../../../test/support/close.js';
import { uniformValues } from '../../../test/support/random.js';
import { gramMatrix } from './gram-matrix.js';
import { gramPca } from './gram-pca.js';
import { principalPlane } from './principal-plane.js';
import { type Snapshots, snapshotsInMemory } from './snapshots.js';

interface TrajectoryFixture {
  readonly snapshots: readonly (readonly number[])[];
  readonly explainedVarianceRatio: readonly number[];
  readonly scores: readonly (readonly number[])[];
  readonly components: readonly (readonly number[])[];
  readonly mean: readonly number[];
  readonly residuals: readonly number[];
  readonly lastSingularValues: readonly number[];
}

const fixtures: readonly TrajectoryFixture[] = JSON.parse(
  readFileSync(new URL('../../../test/fixtures/trajectories.json', import.meta.url), 'utf8'),
);
const rowsOf = (count: number, parameters: number, seed = 1) =>
  Array.from({ length: count }, (_, t) => uniformValues(parameters, 1000 * seed + t));

test.each(fixtures.map((fixture) => [fixture.snapshots.length, fixture.mean.length, fixture] as const))(
  'PCA of %i snapshots of %i parameters is that of scikit-learn within 1e-10 (residuals 1e-7), signs included',
  (count, parameters, fixture) => {
    const snapshots = snapshotsInMemory(fixture.snapshots.map((row) => Float32Array.from(row)));
    const k = fixture.components.length;
    const pca = gramPca(gramMatrix(snapshots), k);
    const ratios = Array.from({ length: count }, (_, c) => fixture.explainedVarianceRatio[c] ?? 0);
    expectClose(pca.explainedVarianceRatio, ratios, 1e-10, 'explainedVarianceRatio');
    expectClose(pca.scores, fixture.scores.flat(), 1e-10, 'scores');
    // What is 0 in truth is the square root of rounding, about 1e-8 of the distances.
    pca.residuals.forEach((residual, t) => {
      expect(Math.abs(residual - fixture.residuals[t]!)).toBeLessThan(1e-7);
    });
    const { center, directions } = principalPlane(snapshots, pca);
    expectClose(center, fixture.mean, 1e-14, 'mean');
    directions.forEach((direction, c) => {
      expectClose(direction, fixture.components[c]!, 1e-10, `component ${c}`);
    });
    expect(directions[0]!.length).toBe(parameters);
  },
);

test('about the last snapshot the singular values are those of the rows theta_t - theta_last within 1e-10', () => {
  for (const { snapshots: rows, lastSingularValues } of fixtures) {
    const snapshots = snapshotsInMemory(rows.map((row) => Float32Array.from(row)));
    const pca = gramPca(gramMatrix(snapshots, { center: 'last' }), 1);
    const known = lastSingularValues.filter((value) => value > 1e-9);
    expectClose(pca.singularValues.subarray(0, known.length), known, 1e-10);
    expect(pca.distances.at(-1)).toBe(0);
    expect(pca.scores.at(-1)).toBeCloseTo(0, 7);
    expect([...principalPlane(snapshots, pca, { center: 'last' }).center]).toEqual(rows.at(-1));
  }
});

test.each([2, 3, 4, 7])('the Gram matrix of %i rows is within 1e-13 of plain sums on 1 to 1,030 columns', (count) => {
  for (const parameters of [1, 2, 511, 512, 513, 1030]) {
    const rows = rowsOf(count, parameters);
    const columns =
      parameters < 511
        ? undefined
        : [
            { start: 0, end: 7 },
            { start: 9, end: parameters },
          ];
    const chosen = (k: number) => !columns || (k !== 7 && k !== 8);
    const mean = Float64Array.from(
      { length: parameters },
      (_, k) => rows.reduce((sum, row) => sum + row[k]!, 0) / count,
    );
    const expected = rows.flatMap((a) =>
      rows.map((b) => a.reduce((sum, x, k) => (chosen(k) ? sum + (x - mean[k]!) * (b[k]! - mean[k]!) : sum), 0)),
    );
    expectClose(gramMatrix(snapshotsInMemory(rows), columns && { columns }).values, expected, 1e-13);
  }
});

test('snapshots in a plane have no residual above 1e-6 of their distance; the plane gives every snapshot back', () => {
  const [a, b, c] = rowsOf(3, 700) as [Float32Array, Float32Array, Float32Array];
  const rows = Array.from({ length: 9 }, (_, t) => a.map((x, k) => x + Math.cos(t) * b[k]! + t * c[k]!));
  const snapshots = snapshotsInMemory(rows);
  const pca = gramPca(gramMatrix(snapshots), 2);
  pca.residuals.forEach((residual, t) => {
    // Snapshots are rounded to float32, which takes them some 1e-7 off the plane.
    expect(residual).toBeLessThan(1e-6 * pca.distances[t]!);
  });
  const { center, directions } = principalPlane(snapshots, pca);
  rows.forEach((row, t) => {
    const back = center.map(
      (x, k) => x + pca.scores[2 * t]! * directions[0]![k]! + pca.scores[2 * t + 1]! * directions[1]![k]!,
    );
    expectClose(back, row, 1e-6, `snapshot ${t}`);
  });
});

test('directions are orthonormal within 1e-12, squares of scores and residual add up, ratios to 1', () => {
  const snapshots = snapshotsInMemory(rowsOf(10, 900));
  const pca = gramPca(gramMatrix(snapshots), 4);
  const { directions } = principalPlane(snapshots, pca);
  directions.forEach((d, i) => {
    directions.forEach((e, j) => {
      expect(Math.abs(d.reduce((sum, x, k) => sum + x * e[k]!, 0) - (i === j ? 1 : 0))).toBeLessThan(1e-12);
    });
  });
  pca.distances.forEach((distance, t) => {
    const squares = pca.scores.subarray(4 * t, 4 * t + 4).reduce((sum, x) => sum + x * x, 0) + pca.residuals[t]! ** 2;
    expect(Math.abs(squares / distance ** 2 - 1)).toBeLessThan(1e-12);
  });
  expect(pca.explainedVarianceRatio.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 13);
});

test('of two snapshots, which lie on either side of their mean, the first is on the positive side', () => {
  for (let seed = 1; seed <= 50; seed++) {
    const { scores } = gramPca(gramMatrix(snapshotsInMemory(rowsOf(2, 9, seed))), 1);
    expect(scores[0]).toBeGreaterThan(0);
    expect(scores[1]).toBeCloseTo(-scores[0]!, 12);
  }
});

test('parameters that were left out have no part in the directions, but a center', () => {
  const snapshots = snapshotsInMemory(rowsOf(5, 20));
  const options = { columns: [{ start: 4, end: 11 }] };
  const { center, directions } = principalPlane(snapshots, gramPca(gramMatrix(snapshots, options), 2), options);
  for (const direction of directions) {
    direction.forEach((x, k) => {
      if (k < 4 || k >= 11) expect(x).toBe(0);
    });
  }
  expect(center.every((x) => x !== 0)).toBe(true);
});

test('snapshots are read in stretches of at most 512 parameters, each once, and progress ends at 1', () => {
  const rows = rowsOf(4, 1300);
  const memory = snapshotsInMemory(rows);
  let read = 0;
  const counted: Snapshots = {
    ...memory,
    read(snapshot, start, target) {
      expect(target.length).toBeLessThanOrEqual(512);
      read += target.length;
      memory.read(snapshot, start, target);
    },
  };
  const shares: number[] = [];
  expect(gramMatrix(counted, { onProgress: (share) => shares.push(share) })).toEqual(gramMatrix(memory));
  expect(read).toBe(4 * 1300);
  expect(shares).toEqual([512 / 1300, 1024 / 1300, 1]);
});

test('too few, unequal, broken or equal snapshots and impossible ranges are refused', () => {
  const same = [new Float32Array(3), new Float32Array(3)];
  expect(() => snapshotsInMemory([new Float32Array(3)])).toThrow(
    'at least 2 snapshots of at least 1 parameter, got 1 of 3',
  );
  expect(() => snapshotsInMemory([new Float32Array(3), new Float32Array(4)])).toThrow('3 parameters at 0 and 4 at 1');
  const broken = snapshotsInMemory([new Float32Array(3), Float32Array.of(1, Number.NaN, 2)]);
  expect(() => gramMatrix(broken)).toThrow('got NaN in snapshot 1 at 1');
  expect(() => gramMatrix(snapshotsInMemory(same), { columns: [{ start: 0, end: 4 }] })).toThrow(
    'range of the 3 parameters',
  );
  expect(() => gramPca(gramMatrix(snapshotsInMemory(same)), 1)).toThrow('differ in 1 directions, got fewer');
  const gram = gramMatrix(snapshotsInMemory(rowsOf(3, 5)));
  expect(() => gramPca(gram, 3)).toThrow('differ in 3 directions, got fewer');
  expect(() => gramPca(gram, 4)).toThrow('expected 1 to 3 components of 3 snapshots, got 4');
});
