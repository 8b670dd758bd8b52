import { expect, it } from 'vitest';
import { resultsOf, tinyExperiment, tinyRecord, tinyRun } from '../../../test/support/tiny-experiment.js';
import { mergedRun } from '../tables/merged-run.js';
import { quantityRows } from '../tables/quantity-rows.js';
import { joinRun } from '../tables/run.js';
import { bandsSpec, hasBands } from './bands-spec.js';

const results = resultsOf(
  ...['a1', 'a2', 'a3'].map((id, i) => tinyRecord(id, Array(i + 1).fill(1))),
  ...['a1-1', 'a1-2'].map((id) => tinyRecord(id, [1, 1])),
);
const reported = joinRun({ ...tinyRun([1], 2), preset: 'report' }, [tinyExperiment], results);
const many = joinRun(tinyRun([1, 2, 3]), [tinyExperiment], results);

it('holds a reported number against the seeds of one run and the twins of another, each task once', () => {
  const run = mergedRun([reported, many]);
  const rows = quantityRows([run]).filter(hasBands);
  expect(rows.map(({ arm }) => arm.id)).toEqual(['a']);
  const { data } = bandsSpec(run, rows, 'wide') as unknown as { data: { values: readonly object[] } };
  expect(data.values).toEqual([
    ...[1, 2, 3].map((value) => ({ arm: 'A, first', kind: 'seeds', value })),
    ...[2, 2].map((value) => ({ arm: 'A, first', kind: 'rounding twins', value })),
    { arm: 'A, first', kind: 'reported', value: 1234 },
  ]);
});

it('leaves out runs in which the arm is of another size', () => {
  const arms = many.preset.arms.map((arm) => ({ ...arm, spec: { ...arm.spec, batchSize: 2 } }));
  const smaller = { ...many, preset: { ...many.preset, arms } };
  expect(mergedRun([reported, smaller]).trials.map(({ id }) => id)).toEqual(['a1', 'b1']);
});
