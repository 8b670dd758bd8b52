import { expect, test } from 'vitest';
import { uniformValues } from '../../../test/support/random.js';
import { Mt19937 } from '../../base/mt19937.js';
import { initializeParameters } from '../../base/torch-random.js';
import { functionDataset } from '../../data/index.js';
import { createNetwork } from '../../engine/network/network.js';
import { mlp } from '../../engine/network-spec.js';
import { product } from '../../engine/shapes.js';
import { networkEvaluator } from '../objective/evaluator.js';
import { evenGrid } from './grid.js';
import { interpolate, interpolationAlphas } from './interpolation.js';
import { lossBarrier } from './loss-barrier.js';

const bits = (values: Float32Array) => [...new Uint32Array(values.slice().buffer)];
const keep = (params: Float32Array) => params.slice();

test('alpha 0 and 1 are always among the points: the ends bit for bit, -0 and subnormal numbers included', () => {
  const from = Float32Array.of(-0, 1e-45, 3.4e38, 0.1, -1);
  const to = Float32Array.of(0, -0, -3.4e38, 0.3, 1e-40);
  for (const alphas of [[], [-1, 0.5, 2], [0, 1], [-0.5, 0], [1, 1.5]]) {
    const points = interpolate({ from, to, alphas }, keep);
    expect(points.map(({ alpha }) => alpha)).toEqual([...new Set([...alphas, 0, 1])].sort((a, b) => a - b));
    expect(bits(points.find(({ alpha }) => alpha === 0)!.value)).toEqual(bits(from));
    expect(bits(points.find(({ alpha }) => alpha === 1)!.value)).toEqual(bits(to));
  }
});

test('other points are the float64 combination rounded once', () => {
  const [from, to] = [uniformValues(37, 1), uniformValues(37, 2)];
  for (const { alpha, value } of interpolate({ from, to, alphas: [-1.3, 1 / 3, 0.7, 1.9] }, keep)) {
    expect(value).toEqual(from.map((x, i) => (1 - alpha) * x + alpha * to[i]!));
  }
});

test('a quadratic loss has the barrier 0, a quartic double well that of its middle', () => {
  const alphas = evenGrid(-0.5, 1.5, 41);
  const along = (loss: (x: number) => number) => {
    const points = interpolate({ from: Float32Array.of(-1), to: Float32Array.of(1), alphas }, ([x]) => loss(x!));
    return lossBarrier(
      points.map(({ alpha }) => alpha),
      points.map(({ value }) => value),
    );
  };
  expect(along((x) => x * x)).toEqual({ height: 0, alpha: 0 });
  const well = along((x) => (x * x - 1) ** 2 + 0.25 * x);
  expect(well.height).toBeCloseTo(1, 12);
  expect(well.alpha).toBeCloseTo(0.5, 12);
});

test('only alphas from 0 to 1 count, and the line between unequal ends is what is measured against', () => {
  expect(lossBarrier([-1, 0, 0.5, 1, 2], [100, 1, 2.5, 3, 100])).toEqual({ height: 0.5, alpha: 0.5 });
  expect(lossBarrier([-1, 0, 0.5, 1], [Number.NaN, 1, Infinity, 3])).toEqual({ height: Infinity, alpha: 0.5 });
});

test('a network is evaluated untouched: its losses at the ends are its own, dropout off, bit for bit', async () => {
  const spec = mlp([1, 9, 7, 1], 'tanh');
  const network = await createNetwork(
    { ...spec, layers: [...spec.layers.slice(0, 2), { kind: 'dropout', rate: 0.5 }, ...spec.layers.slice(2)] },
    { loss: 'mse', inputs: 'floats' },
  );
  const train = functionDataset('sinc', { points: 31 });
  const test = functionDataset('signSin', { points: 17 });
  const tensors = network.parameterShapes.map(({ shape, fanIn }) => ({ size: product(shape), fanIn }));
  const [from, to] = [1, 2].map((seed) => initializeParameters(new Mt19937(seed), tensors)) as [
    Float32Array,
    Float32Array,
  ];
  const points = interpolate({ from, to, alphas: [-0.5, 0.25, 1.5] }, networkEvaluator(network, { train, test }));
  expect(points.length).toBe(5);
  for (const [alpha, end] of [
    [0, from],
    [1, to],
  ] as const) {
    network.setParameters(end);
    const { value } = points.find((point) => point.alpha === alpha)!;
    expect(value).toEqual({
      train: { loss: network.evaluate(train).loss },
      test: { loss: network.evaluate(test).loss },
    });
  }
  expect(interpolate({ from, to, alphas: [-0.5, 0.25, 1.5] }, networkEvaluator(network, { train, test }))).toEqual(
    points,
  );
  expect(() => networkEvaluator(network, {})).toThrow('expected a training or a test set, got neither');
});

test('alphas out of order, NaN, unequal lengths and diverged networks are refused', () => {
  const from = new Float32Array(2);
  expect(() => interpolationAlphas([0.5, 0.2])).toThrow(
    'alphas: expected finite numbers in ascending order, got 0.2 at 1',
  );
  expect(() => interpolationAlphas([0.5, 0.5])).toThrow('ascending');
  expect(() => interpolationAlphas([Number.NaN])).toThrow('got NaN at 0');
  expect(() => interpolate({ from, to: new Float32Array(3), alphas: [] }, keep)).toThrow(
    'expected 2 numbers, one a parameter of the same network, got 3',
  );
  expect(() => interpolate({ from, to: Float32Array.of(0, Number.NaN), alphas: [] }, keep)).toThrow(
    'got NaN at 1; a diverged run',
  );
  expect(() => lossBarrier([0, 0.5], [1, 2])).toThrow('0 and 1 among them');
  expect(() => lossBarrier([0, 1], [1, 2, 3])).toThrow('got 3 losses');
  expect(() => lossBarrier([0, 0.5, 1], [1, Number.NaN, 3])).toThrow('got NaN at alpha = 0.5');
});
