import { expect, test } from 'vitest';
import { functionDataset } from '../../data/index.js';
import { mlp } from '../../engine/network-spec.js';
import { activeUnits } from './active-units.js';

const data = functionDataset((x) => x, { points: 5 });

test('units count that are above 0 at some sample, whatever the layers behind make of them', () => {
  // Weights, then biases: x, -x, on at one end alone, off on all of [-1, 1], and 0 everywhere.
  const first = [1, -1, 1, 1, 0, 0, 0, -0.9, -1, 0];
  const behind = new Array(5 + 1).fill(0);
  expect(activeUnits(mlp([1, 5, 1], 'relu'), Float64Array.from([...first, ...behind]), data)).toBe(3);
});

test('a network that begins with something else is refused', () => {
  const network = { input: [1], layers: [{ kind: 'relu' as const }] };
  expect(() => activeUnits(network, new Float64Array(0), data)).toThrow('whose first layer is linear, got relu');
});
