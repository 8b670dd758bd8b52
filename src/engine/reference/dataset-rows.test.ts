import { expect, test } from 'vitest';
import type { Dataset } from '../../base/dataset.js';
import { datasetRows } from './dataset-rows.js';

const bytes: Dataset = {
  name: 'bytes',
  size: 3,
  inputShape: [1, 1, 2],
  inputs: Uint8Array.of(0, 255, 1, 2, 51, 102),
  targets: Uint8Array.of(7, 8, 9),
};

test('byte images become float32(byte / 255) in the order asked for, with their labels', () => {
  const { inputs, targets } = datasetRows(bytes, [2, 0, 2]);
  expect([...inputs]).toEqual([51, 102, 0, 255, 51, 102].map((byte) => Math.fround(byte / 255)));
  expect([...Array.from(targets)]).toEqual([9, 7, 9]);
});

test('values keep their rows of several numbers', () => {
  const values = { ...bytes, inputs: Float32Array.of(0, 1, 2, 3, 4, 5), targets: Float32Array.of(1, 2, 3, 4, 5, 6) };
  expect(datasetRows(values, [1])).toEqual({ inputs: Float64Array.of(2, 3), targets: Float64Array.of(3, 4) });
});

test('an index that is no sample is an error', () => {
  expect(() => datasetRows(bytes, [0, 3])).toThrow('sample: expected an index from 0 to 2, got 3');
});
