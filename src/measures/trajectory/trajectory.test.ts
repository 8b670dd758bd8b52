import { expect, test } from 'vitest';
import { expectClose } from '../../../test/support/close.js';
import { uniformValues } from '../../../test/support/random.js';
import { mlp } from '../../engine/network-spec.js';
import { parameterCount, parameterShapes } from '../../engine/shapes.js';
import { planeSlice } from '../landscape/surface.js';
import { snapshotDistance, stepLengths } from './distances.js';
import { gramMatrix } from './gram-matrix.js';
import { gramPca } from './gram-pca.js';
import { randomWalkGram, walksLike } from './random-walk.js';
import { snapshotsInMemory } from './snapshots.js';
import { trajectoryPca } from './trajectory.js';

const spec = mlp([3, 4, 2], 'relu');
const shapes = parameterShapes(spec);
const rows = Array.from({ length: 6 }, (_, t) => uniformValues(parameterCount(spec), t + 1));
const cut = (...ranges: readonly [number, number][]) =>
  snapshotsInMemory(
    rows.map((row) => Float32Array.from(ranges.flatMap(([start, end]) => [...row.subarray(start, end)]))),
  );

test('all, chosen layers and weights alone are the PCA of just those parameters within 1e-13', () => {
  // 3-4-2: weight 0-12, bias 12-16, weight 16-24, bias 24-26.
  const choices = [
    [{}, cut([0, 26])],
    [{ layers: ['0'] }, cut([0, 16])],
    [{ layers: ['2'] }, cut([16, 26])],
    [{ weightsOnly: true }, cut([0, 12], [16, 24])],
    [{ layers: ['2'], weightsOnly: true }, cut([16, 24])],
  ] as const;
  for (const [choice, expected] of choices) {
    const { pca } = trajectoryPca(snapshotsInMemory(rows), shapes, choice);
    expectClose(pca.scores, gramPca(gramMatrix(expected), 2).scores, 1e-13);
  }
});

test('the plane comes on request, in the space of all parameters; around the end its center is the end', () => {
  const snapshots = snapshotsInMemory(rows);
  expect(trajectoryPca(snapshots, shapes).plane).toBeUndefined();
  const { plane } = trajectoryPca(snapshots, shapes, { layers: ['0'], plane: true, center: 'last', components: 3 });
  expect([...plane!.center]).toEqual([...rows.at(-1)!]);
  expect(plane!.directions.map((direction) => direction.length)).toEqual([26, 26, 26]);
  expect(plane!.directions.every((direction) => direction.subarray(16).every((x) => x === 0))).toBe(true);
});

test('in the plane of a flat trajectory the surface has at its scores the losses of its snapshots within 1e-5', () => {
  const [a, b, c] = rows as [Float32Array, Float32Array, Float32Array];
  const flat = Array.from({ length: 5 }, (_, t) => a.map((x, k) => x + t * b[k]! + t * t * 0.3 * c[k]!));
  const { pca, plane } = trajectoryPca(snapshotsInMemory(flat), shapes, { plane: true });
  const loss = (params: Float32Array) => params.reduce((sum, x, i) => sum + (x - 1 / (i + 1)) ** 2, 0);
  flat.forEach((snapshot, t) => {
    const axes = [0, 1].map((c) => ({ direction: plane!.directions[c]!, grid: [pca.scores[2 * t + c]!] }));
    const [[value]] = planeSlice(plane!.center, [axes[0]!, axes[1]!], loss) as [[number]];
    expect(Math.abs(value / loss(snapshot) - 1)).toBeLessThan(1e-5);
  });
});

test('distances and steps from the Gram matrix are within 1e-13 of those from the snapshots', () => {
  const { gram } = trajectoryPca(snapshotsInMemory(rows), shapes);
  const distance = (i: number, j: number) =>
    Math.sqrt(rows[i]!.reduce((sum, x, k) => sum + (x - rows[j]![k]!) ** 2, 0));
  for (let i = 0; i < 6; i++) {
    for (let j = 0; j < 6; j++)
      expect(Math.abs(snapshotDistance(gram, i, j) - distance(i, j))).toBeLessThan(i === j ? 1e-7 : 1e-13);
  }
  expectClose(stepLengths(gram, { start: 1, end: 4 }), [distance(1, 2), distance(2, 3)], 1e-13);
  expect(stepLengths(gram, { start: 5, end: 6 }).length).toBe(0);
  expect(() => snapshotDistance(gram, 0, 6)).toThrow('expected snapshots 0 to 5, got 0 and 6');
});

test('a random walk of equal steps has the spectrum 1 / (4 sin^2(pi c / 2n)) within 1e-10, cosines for scores', () => {
  const n = 40;
  const pca = gramPca(randomWalkGram([{ offset: 3, steps: new Float64Array(n - 1).fill(1) }]), 2);
  const spectrum = Array.from({ length: n - 1 }, (_, c) => 1 / (4 * Math.sin((Math.PI * (c + 1)) / (2 * n)) ** 2));
  expectClose(pca.singularValues.map((s) => s * s).subarray(0, n - 1), spectrum, 1e-10);
  expect(pca.explainedVarianceRatio[0]).toBeCloseTo(6 / Math.PI ** 2, 2);
  const cosine = Array.from({ length: n }, (_, t) => Math.cos((Math.PI * (t + 0.5)) / n));
  const scale = pca.scores[0]! / cosine[0]!;
  expectClose(
    Array.from({ length: n }, (_, t) => pca.scores[2 * t]!),
    cosine.map((x) => scale * x),
    1e-9,
  );
});

test('two simulated walks of unequal steps in 50,000 dimensions have the ratios of the limit within 0.01', () => {
  const dimensions = 50_000;
  const walks = [
    { offset: 2, steps: [1, 0.5, 2, 1, 0.2] },
    { offset: 2, steps: [0.3, 3, 1] },
  ];
  let seed = 0;
  // Uniform on [-1, 1) has variance 1 / 3.
  const step = (length: number) => uniformValues(dimensions, ++seed).map((x) => x * length * Math.sqrt(3 / dimensions));
  const points = walks.flatMap(({ offset, steps }) => {
    const path = [step(offset)];
    for (const length of steps) {
      const next = step(length);
      path.push(path.at(-1)!.map((x, k) => x + next[k]!));
    }
    return path;
  });
  const gram = gramMatrix(snapshotsInMemory(points));
  const simulated = gramPca(gram, 2).explainedVarianceRatio;
  const limit = gramPca(randomWalkGram(walks), 2).explainedVarianceRatio;
  simulated.forEach((ratio, c) => {
    expect(Math.abs(ratio - limit[c]!)).toBeLessThan(0.01);
  });
  const [first, second] = walksLike(gram, [
    { start: 0, end: 6 },
    { start: 6, end: 10 },
  ]);
  expectClose([first!.offset, second!.offset], [2, 2], 0.02);
  expectClose(
    [...Array.from(first!.steps), ...Array.from(second!.steps)],
    walks.flatMap(({ steps }) => steps),
    0.02,
  );
  expect(walksLike(gram, [{ start: 0, end: 6 }])[0]!.offset).toBe(0);
});

test('unknown layers, foreign shapes and walks without steps are refused', () => {
  const snapshots = snapshotsInMemory(rows);
  expect(() => trajectoryPca(snapshots, shapes, { layers: ['1'] })).toThrow('layers: expected some of 0, 2, got 1');
  expect(() => trajectoryPca(snapshots, shapes, { layers: [] })).toThrow('got none');
  expect(() => trajectoryPca(snapshots, shapes.slice(1))).toThrow(
    'snapshots of the 14 parameters of the shapes, got 26',
  );
  expect(() => randomWalkGram([{ offset: 1, steps: [] }])).toThrow('expected at least 2 points, got 1');
  expect(() => randomWalkGram([{ offset: 1, steps: [1, Number.NaN] }])).toThrow(
    'finite lengths of at least 0, got NaN',
  );
});

test('one walk of equal steps, relative to its end, holds 1 / (2c - 1)^2 of 8 / pi^2 in component c', () => {
  const walk = randomWalkGram([{ offset: 0, steps: new Array(400).fill(1) }], 'last');
  expect(walk.values.at(-1)).toBe(0);
  const { explainedVarianceRatio } = gramPca(walk, 2);
  expect(explainedVarianceRatio[0]).toBeCloseTo(8 / Math.PI ** 2, 2);
  expect(explainedVarianceRatio[1]).toBeCloseTo(8 / Math.PI ** 2 / 9, 2);
});
