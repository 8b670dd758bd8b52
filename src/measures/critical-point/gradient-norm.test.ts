import { expect, test } from 'vitest';
import { mlp } from '../../engine/network-spec.js';
import { parameterShapes } from '../../engine/shapes.js';
import { gradientNorms } from './gradient-norm.js';

const shapes = parameterShapes(mlp([1, 2, 1], 'relu'));

test('global, layer and tensor norms of (3, 4 | 0, 0 | 6, 8 | 24), and the mean over tensors', () => {
  const norms = gradientNorms(Float32Array.of(3, 4, 0, 0, 6, 8, 24), shapes);
  expect(norms.tensors).toEqual([
    { name: '0.weight', norm: 5 },
    { name: '0.bias', norm: 0 },
    { name: '2.weight', norm: 10 },
    { name: '2.bias', norm: 24 },
  ]);
  expect(norms.layers).toEqual([
    { name: '0', norm: 5 },
    { name: '2', norm: 26 },
  ]);
  expect(norms.gradNorm).toBe(Math.sqrt(25 + 676));
  expect(norms.meanTensorGradNorm).toBe(39 / 4);
});

test('a gradient of another length is an error; NaN stays NaN, as divergence is an outcome', () => {
  expect(() => gradientNorms(new Float64Array(6), shapes)).toThrow(
    'expected a gradient of 7 numbers (at least 1), got 6',
  );
  expect(() => gradientNorms([], [])).toThrow('got 0');
  expect(gradientNorms(new Float64Array(7).fill(Number.NaN), shapes).gradNorm).toBeNaN();
});
