import { expect, test } from 'vitest';
import type { Dataset } from '../base/dataset.js';
import { split } from './split.js';

const data: Dataset = {
  name: 'rows',
  size: 10,
  inputShape: [2],
  inputs: Float32Array.from({ length: 20 }, (_, i) => i),
  targets: Uint8Array.from({ length: 10 }, (_, i) => i),
};

test('each sample is in one of the two parts, with its target, in order', () => {
  const { train, test: tested } = split(data, { size: 3, seed: 1 });
  expect([train.size, tested.size]).toEqual([7, 3]);
  expect([...train.targets, ...tested.targets].sort((a, b) => a - b)).toEqual([...data.targets]);
  for (const part of [train, tested]) {
    expect([...part.targets]).toEqual([...part.targets].sort((a, b) => a - b));
    part.targets.forEach((row, i) => {
      expect([...part.inputs.subarray(2 * i, 2 * i + 2)]).toEqual([2 * row, 2 * row + 1]);
    });
  }
});

test('one seed is one split; a smaller test part is in a larger one', () => {
  const tested = (size: number, seed: number) => [...split(data, { size, seed }).test.targets];
  expect(tested(4, 1)).toEqual(tested(4, 1));
  expect(new Set(Array.from({ length: 9 }, (_, seed) => tested(4, seed).join())).size).toBeGreaterThan(5);
  expect(tested(6, 3)).toEqual(expect.arrayContaining(tested(2, 3)));
});

test.each([0, 10, 1.5, -1])('a test part of %d samples of 10 is none', (size) => {
  expect(() => split(data, { size, seed: 1 })).toThrow('expected a whole number from 1 to 9 samples');
});
