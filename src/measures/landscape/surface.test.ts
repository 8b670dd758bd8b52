import { expect, test } from 'vitest';
import { uniformValues } from '../../../test/support/random.js';
import { normalVector } from '../../base/normal-vector.js';
import { namedStream } from '../../base/streams.js';
import { mlp } from '../../engine/network-spec.js';
import { parameterCount, parameterShapes, product } from '../../engine/shapes.js';
import { filterNormalized, randomDirections } from './filter-normalization.js';
import { evenGrid } from './grid.js';
import { lineSlice, planeSlice } from './surface.js';

const convolution = {
  input: [2, 6, 6],
  layers: [
    { kind: 'conv2d', channels: 3, kernel: 3 },
    { kind: 'relu' },
    { kind: 'flatten' },
    { kind: 'linear', features: 5 },
  ],
} as const;
const norm = (values: ArrayLike<number>) => Math.sqrt(Array.from(values).reduce((sum, x) => sum + x * x, 0));

test('each filter of a direction has the norm of the network within 1e-14 and keeps its course; biases are 0', () => {
  for (const spec of [convolution, mlp([4, 7, 3], 'relu')]) {
    const shapes = parameterShapes(spec);
    const params = uniformValues(parameterCount(spec), 1);
    const raw = normalVector(namedStream('test', 1), params.length);
    const direction = filterNormalized(raw, params, shapes);
    let start = 0;
    for (const { name, shape } of shapes) {
      const size = product(shape.slice(1));
      for (let filter = 0; filter < shape[0]!; filter++, start += size) {
        const [theta, d, e] = [params, direction, raw].map((v) => v.subarray(start, start + size));
        if (name.endsWith('bias')) expect([...d!]).toEqual([0]);
        else {
          expect(Math.abs(norm(d!) / norm(theta!) - 1)).toBeLessThan(1e-14);
          expect(d![0]! / d!.at(-1)!).toBeCloseTo(e![0]! / e!.at(-1)!, 10);
        }
      }
    }
    expect(start).toBe(params.length);
  }
});

test('a convolution of 2 to 3 channels has 3 filters of 2 * 3 * 3 weights: scaling one changes that one alone', () => {
  const shapes = parameterShapes(convolution);
  const params = uniformValues(parameterCount(convolution), 1);
  const scaled = params.map((x, i) => (i >= 18 && i < 36 ? 2 * x : x));
  const [before, after] = [params, scaled].map((p) => randomDirections(p, shapes, { seed: 1, count: 1 })[0]!);
  after!.forEach((x, i) => {
    expect(x).toBe((i >= 18 && i < 36 ? 2 : 1) * before![i]!);
  });
});

test('random directions come from their seed alone, differ from each other and are nearly orthogonal', () => {
  const spec = mlp([40, 50, 10], 'relu');
  const params = uniformValues(parameterCount(spec), 1);
  const [first, second] = randomDirections(params, parameterShapes(spec), { seed: 3 }) as [Float64Array, Float64Array];
  expect(randomDirections(params, parameterShapes(spec), { seed: 3, count: 1 })).toEqual([first]);
  expect(randomDirections(params, parameterShapes(spec), { seed: 4, count: 1 })).not.toEqual([first]);
  const cosine = first.reduce((sum, x, i) => sum + x * second[i]!, 0) / norm(first) / norm(second);
  expect(Math.abs(cosine)).toBeLessThan(0.1);
});

test('a filter of zeros has no direction', () => {
  expect([
    ...filterNormalized(Float64Array.of(3, 4), new Float32Array(2), [{ name: '0.weight', shape: [1, 2] }]),
  ]).toEqual([0, 0]);
});

test('slices of a quadratic are the quadratic itself; the center is given back bit for bit', () => {
  const center = Float32Array.of(1, -0, 3);
  const [d, e] = [Float64Array.of(1, 0, 0), Float64Array.of(0, 1, 0.5)];
  const grid = evenGrid(-1, 1, 5);
  const f = (params: Float32Array) => params.reduce((sum, x, i) => sum + (i + 1) * x * x, 0);
  expect(lineSlice(center, { direction: d, grid }, f)).toEqual(grid.map((a) => (1 + a) ** 2 + 27));
  const plane = planeSlice(
    center,
    [
      { direction: d, grid },
      { direction: e, grid: [-2, 0, 4] },
    ],
    f,
  );
  expect(plane).toEqual(grid.map((a) => [-2, 0, 4].map((b) => (1 + a) ** 2 + 2 * b * b + 3 * (3 + b / 2) ** 2)));
  expect(lineSlice(center, { direction: d, grid: [0] }, (p) => p.slice())).toEqual([center]);
});

test('an even grid ends where it should and holds exactly 0', () => {
  const grid = evenGrid(-0.3, 0.3, 7);
  expect([grid[0], grid[3], grid[6]]).toEqual([-0.3, 0, 0.3]);
  expect(evenGrid(-2, 2, 31).filter((x, i, all) => i > 0 && x <= all[i - 1]!)).toEqual([]);
  expect(() => evenGrid(1, 1, 3)).toThrow('expected low < high');
  expect(() => evenGrid(0, 1, 1)).toThrow('points from 2, got 0, 1 and 1');
});

test('directions of another length, empty grids and numbers that are not finite are refused', () => {
  const center = Float32Array.of(1, 2);
  const slice = (direction: Float64Array, grid: readonly number[]) => () =>
    lineSlice(center, { direction, grid }, () => 0);
  expect(slice(Float64Array.of(1), [0])).toThrow('slice, direction: expected 2 numbers');
  expect(slice(Float64Array.of(1, Number.NaN), [0])).toThrow('got NaN at 1');
  expect(slice(Float64Array.of(1, 1), [])).toThrow('at least one step, got none');
  expect(slice(Float64Array.of(1, 1), [1, 0])).toThrow('ascending order, got 0 at 1');
  const shapes = [{ name: '0.weight', shape: [1, 3] }];
  expect(() => filterNormalized(Float64Array.of(1, 1, 1), center, shapes)).toThrow('parameters: expected 3 numbers');
  expect(() => randomDirections(Float32Array.of(1, Infinity, 2), shapes, { seed: 1 })).toThrow('got Infinity at 1');
});
