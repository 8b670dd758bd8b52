import { expect, test } from 'vitest';
import { axisSpec, type Extent } from './axis-spec.js';

const ticks = (...extent: Extent) =>
  (axisSpec({ label: '', scale: 'log' }, extent, 80) as { axis: { values: readonly number[] } }).axis.values;

test('a logarithmic axis has at least 3 ticks, at powers of ten where those suffice, also over decades with 2', () => {
  expect(ticks(1e-4, 10)).toEqual([1e-4, 1e-3, 0.01, 0.1, 1, 10]);
  expect(ticks(0.0014, 0.56)).toEqual([0.003, 0.01, 0.03, 0.1, 0.3]);
  expect(ticks(0.03, 1.5)).toEqual([0.03, 0.1, 0.3, 1]);
  expect(ticks(1, 5)).toEqual([1, 2, 5]);
  expect(ticks(1, 1.3)).toEqual([0.8, 1, 1.2, 1.4, 1.6]);
});
