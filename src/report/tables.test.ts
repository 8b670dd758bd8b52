import { expect, it } from 'vitest';
import { recordsOf, tinyExperiment, tinyRecord, tinyRun } from '../../test/support/tiny-experiment.js';
import { experiments } from '../experiments/index.js';
import { joinRun, rerunCommand } from './run.js';
import { comparisonData, comparisonTable, csv, markdownTable, networkTable, trialTable } from './tables.js';

const run = joinRun(tinyRun(), [tinyExperiment], recordsOf(tinyRecord('a1', [1, 0.5]), tinyRecord('b1', [1])));

it('the table for reading is rounded, the one for programs is not', () => {
  expect(comparisonTable(run).rows[0]).toEqual(['Epochs', 'A, first', '1,234', '2', '−1,232', 'text']);
  expect(comparisonData(run).rows[0]).toEqual(['epochs', 'a', '1234', '2', '2', '2', '1', '-1232', '']);
});

it('quotes CSV cells with commas, quotes or line ends', () => {
  expect(csv({ columns: ['a', 'b'], rows: [['1,5', 'say "x"\n']] })).toBe('a,b\r\n"1,5","say ""x""\n"\r\n');
});

it('keeps bars and line ends inside their Markdown cell', () => {
  expect(markdownTable({ columns: ['a'], rows: [['x | y\nz']] })).toBe('| a |\n| --- |\n| x \\| y z |\n');
});

it('describes the networks of 1.1.2 from their specs', () => {
  const { id, presets } = experiments.find((experiment) => experiment.id === 'mnist-depth')!;
  const trials = presets.report.arms.map((arm) => ({ arm: arm.id, seed: 1, id: arm.id }));
  const joined = joinRun({ experiment: id, preset: 'report', settings: [], trials }, experiments, new Map());
  expect(networkTable(joined).rows[2]).toEqual([
    'CNN-3, 1 dense layer',
    'conv 5×5 to 10, relu, pool 2, conv 5×5 to 15, relu, pool 2, flatten, linear 86, relu, linear 10',
    '25,621',
    '0.001',
    '600',
    '15',
  ]);
});

it('gives ids and hashes whole, and says which trial is missing', () => {
  const half = joinRun(tinyRun(), [tinyExperiment], recordsOf(tinyRecord('a1', [1, 0.5])));
  expect(trialTable(half).rows).toEqual([
    ['A, first', '1', 'converged, 2 epochs', 'a1', 'hash-of-a1'],
    ['B, second', '1', 'missing', 'b1', ''],
  ]);
});

it('the command that re-runs it names preset, seeds and settings, quoted for a shell', () => {
  const changed = { ...tinyRun([1, 2]), settings: ['stop.epochs=9', "note=it's"] };
  expect(rerunCommand(joinRun(changed, [tinyExperiment], new Map()))).toBe(
    String.raw`npx descent run tiny --preset quick --seeds 1,2 --set stop.epochs=9 --set 'note=it'\''s'`,
  );
});
