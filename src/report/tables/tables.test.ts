import { expect, it } from 'vitest';
import { noResults, resultsOf, tinyExperiment, tinyRecord, tinyRun } from '../../../test/support/tiny-experiment.js';
import { experiments } from '../../experiments/index.js';
import { csv } from './csv.js';
import { quantityRows } from './quantity-rows.js';
import { joinRun, rerunCommand } from './run.js';
import { comparisonData, comparisonTable, markdownTable, networkTable, taskTable } from './tables.js';

const run = joinRun(tinyRun(), [tinyExperiment], resultsOf(tinyRecord('a1', [1, 0.5]), tinyRecord('b1', [1])));

it('the table for reading is rounded, the one for programs is not', () => {
  expect(comparisonTable([run], quantityRows([run])).rows[0]).toEqual(['Epochs', 'A, first', '1,234', '2', 'text']);
  const data = comparisonData([run], quantityRows([run]));
  const row = Object.fromEntries(data.columns.map((name, i) => [name, data.rows[0]![i]]));
  expect(row).toMatchObject({
    quantity: 'epochs',
    arm: 'a',
    protocol: 'as-coded',
    reported: '1234',
    median: '2',
    seeds: '1',
    difference: '-1232',
    twins: '',
  });
});

it('names the preset of a column only where a protocol has several', () => {
  const columns = (...presets: readonly string[]) => {
    const runs = presets.map((preset) => joinRun({ ...tinyRun(), preset }, [tinyExperiment], noResults));
    return comparisonTable(runs, quantityRows(runs)).columns.slice(3, -1);
  };
  expect(columns('quick')).toEqual(['as coded']);
  expect(columns('quick', 'report')).toEqual(['as coded, quick', 'as coded, report']);
});

it('quotes CSV cells with commas, quotes or line ends', () => {
  expect(csv({ columns: ['a', 'b'], rows: [['1,5', 'say "x"\n']] })).toBe('a,b\r\n"1,5","say ""x""\n"\r\n');
});

it('keeps bars and line ends inside their Markdown cell', () => {
  expect(markdownTable({ columns: ['a'], rows: [['x | y\nz']] })).toBe('| a |\n| --- |\n| x \\| y z |\n');
});

it('describes the networks of 1.1.2 from their specs', () => {
  const coded = { ...tinyRun([]), experiment: 'mnist-depth', preset: 'report' };
  expect(networkTable([joinRun(coded, experiments, noResults)]).rows[2]).toEqual([
    'CNN-3, 1 dense layer',
    'conv 5×5 to 10, relu, pool 2, conv 5×5 to 15, relu, pool 2, flatten, linear 86, relu, linear 10',
    '25,621',
    'adam 0.001',
    '600',
    '15',
    'as coded',
  ]);
});

it('gives ids and hashes whole, and says which task is missing', () => {
  const half = joinRun(tinyRun([1], 1), [tinyExperiment], resultsOf(tinyRecord('a1', [1, 0.5])));
  expect(taskTable(half).rows).toEqual([
    ['A, first', '1', 'converged, 2 epochs', 'a1', 'hash-of-a1'],
    ['B, second', '1', 'missing', 'b1', ''],
    ['A, first, rounding twin 1', '1', 'missing', 'a1-1', ''],
    ['B, second, rounding twin 1', '1', 'missing', 'b1-1', ''],
    ['From A to B', '1', 'measured', 'line1', 'hash-of-line1'],
  ]);
});

it('the command that re-runs it names protocol, preset, seeds, twins and settings, quoted for a shell', () => {
  const changed = { ...tinyRun([1, 2, 3], 4), settings: ['stop.epochs=9', "note=it's"] };
  expect(rerunCommand(joinRun(changed, [tinyExperiment], noResults))).toBe(
    'npx descent run tiny --protocol as-coded --preset quick --seeds 1..3 --twins 4 ' +
      String.raw`--set stop.epochs=9 --set 'note=it'\''s'`,
  );
});
