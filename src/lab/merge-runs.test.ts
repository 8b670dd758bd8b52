import { expect, test } from 'vitest';
import { isSameRun, mergedRun } from './merge-runs.js';
import type { RunRecord } from './record.js';

const record = (seeds: readonly number[], id = (seed: number) => `id${seed}`): RunRecord => ({
  experiment: 'x',
  protocol: 'as-coded',
  preset: 'study',
  settings: [],
  trials: seeds.map((seed) => ({ arm: 'a', seed, id: id(seed) })),
  measurements: [{ arm: 'm', seed: seeds[0]!, id: `m${seeds[0]}` }],
});

test('other seeds of a run join it, each task once; it is finished once all are there', () => {
  const merged = mergedRun(record([1, 2]), { ...record([2, 3]), finished: true }, () => false);
  expect(merged.trials.map(({ seed }) => seed)).toEqual([1, 2, 3]);
  expect(merged.measurements.map(({ id }) => id)).toEqual(['m1', 'm2']);
  expect(merged.finished).toBeUndefined();
  expect(mergedRun({ ...record([1]), finished: true }, record([1]), () => true).finished).toBe(true);
  expect(mergedRun({ ...record([1]), finished: true }, record([2]), (id) => id !== 'id2').finished).toBeUndefined();
});

test('a twin is another task than its trial', () => {
  const twin: RunRecord = { ...record([1]), trials: [{ arm: 'a', seed: 1, twin: 1, id: 'twin' }] };
  expect(mergedRun(record([1]), twin, () => false).trials.map(({ id }) => id)).toEqual(['id1', 'twin']);
});

test('two ids of one task are an error that names both', () => {
  expect(() =>
    mergedRun(
      record([1]),
      record([1], () => 'other'),
      () => true,
    ),
  ).toThrow('expected one task for a, seed 1 of x as-coded study, got id1 and other');
});

test('changes make another run', () => {
  expect(isSameRun(record([1]), record([2]))).toBe(true);
  expect(isSameRun(record([1]), { ...record([1]), settings: ['a=1'] })).toBe(false);
});
