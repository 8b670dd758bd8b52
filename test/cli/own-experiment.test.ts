import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../src/platform/node/store/store.js';
import { descent } from '../support/descent.js';
import { descentHere } from '../support/descent-here.js';
import { temporaryFolder } from '../support/store.js';

const arms = (widths: string) => `${widths}.map((width) => ({
  id: \`w\${width}\`, label: \`\${width} units\`, numbers: { width },
  spec: {
    data: { kind: 'function', name: 'sinc', points: 20 }, model: { kind: 'mlp', widths: [1, width, 1], activation: 'tanh' },
    loss: 'mse', optimizer: { kind: 'adam', learningRate: 0.01 }, batchSize: 'full', stop: { epochs: 5 }, observe: { loss: 'step' },
  },
}))`;
const source = `
import { type Experiment, experiments } from 'descent-lab';
import { widths } from './widths.js';
if (experiments.length < 2) throw new Error('the package is not the package');
const grid = { id: 'w9-grid', label: 'grid', measure: { name: 'gridError' as const, points: 50 }, of: ['w9'] };
const preset = { seeds: [1, 2], arms: ${arms('widths')}, measurements: [grid] };
export default {
  id: 'widths', title: 'Widths', question: 'Is wider better?',
  protocols: [{ id: 'as-intended', note: 'A test.', presets: { quick: preset } }],
} satisfies object & Partial<Record<keyof Experiment, unknown>>;
`;

test('a TypeScript file is run with all that it imports, recorded with its path, and found again by the report', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'my-experiment.ts');
  writeFileSync(file, source);
  writeFileSync(join(folder, 'widths.ts'), 'export const widths: readonly number[] = [3, 9];');
  const store = join(folder, 'store');
  const { code, stderr } = await descent(['run', file, '--store', store]);
  expect(code, stderr).toBe(0);
  const [run] = openStore(store).listRuns();
  expect(run).toMatchObject({ experiment: 'widths', protocol: 'as-intended', preset: 'quick', source: file });
  expect(run!.trials.map(({ arm, seed }) => `${arm} ${seed}`)).toEqual(['w3 1', 'w9 1', 'w3 2', 'w9 2']);
  expect(openStore(store).readMeasurement(run!.measurements[0]!.id).spec.of).toEqual([run!.trials[1]!.id]);
  const report = await descent(['report', '--store', store, '--out', join(folder, 'report')]);
  expect(report.code, report.stderr).toBe(0);
});

test('JSON is an experiment as well; what is wrong in a file is named by file and field, a line each', async () => {
  const folder = temporaryFolder();
  const run = async (name: string, content: string) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    const { code, stderr } = await descentHere(['run', file, '--store', join(folder, 'store'), '--dry-run']);
    return { code, stderr: stderr.replaceAll(file, name).trim() };
  };
  const experiment = {
    id: 'j',
    title: 'J',
    question: 'Is JSON enough?',
    protocols: [{ id: 'as-intended', note: 'A test.', presets: { quick: { seeds: [1], arms: [], measurements: [] } } }],
  };
  expect(await run('good.json', JSON.stringify(experiment))).toEqual({ code: 0, stderr: '' });
  const bad = await run('bad.json', JSON.stringify({ ...experiment, question: 1, protocols: [{ id: 'as-entended' }] }));
  expect(bad.code).toBe(2);
  expect(bad.stderr.split('\n')).toEqual([
    'descent: bad.json: question: expected a text, got 1',
    expect.stringMatching(/^descent: bad.json: protocols\[0\].id: expected .*\(did you mean as-intended\?\)$/),
    'descent: bad.json: protocols[0].note: expected a text, got nothing',
    expect.stringContaining('protocols[0].presets: expected presets'),
  ]);
  const old = { kind: 'epochs' };
  const series = { kind: 'by-arm', id: 'f', title: 'F', caption: 'C', x: { label: 'x' }, y: { label: 'y' } };
  const [first] = experiment.protocols;
  const claim = { id: 'c', statement: 'S', metric: 'm' };
  const bound = { direction: 'above', margin: 1, noEffect: 1 };
  const median = { kind: 'median', label: 'l', ...bound };
  const renamed = {
    ...experiment,
    protocols: [{ ...first, figures: [{ ...series, at: 'n', series: [{ arms: [], measure: old }] }] }],
    claims: [
      {
        ...claim,
        judged: { 'as-intended': { tests: [{ ...median, x: { least: [{ arm: 'a', measure: old }] } }] } },
      },
    ],
  };
  const nowCalled = 'expected none, as this field is called reading, got {"kind":"epochs"}';
  expect((await run('old.json', JSON.stringify(renamed))).stderr.split('\n')).toEqual([
    `descent: old.json: protocols[0].figures[0].series[0].measure: ${nowCalled}`,
    `descent: old.json: claims[0].judged.as-intended.tests[0].x.least[0].measure: ${nowCalled}`,
  ]);
  const quantities = [{ id: 'q', label: 'Q', measure: old }];
  const oldQuantity = { ...experiment, protocols: [{ ...first, quantities }] };
  expect((await run('old.json', JSON.stringify(oldQuantity))).stderr).toContain(
    `protocols[0].quantities[0].measure: ${nowCalled}`,
  );
  const mistyped = {
    ...experiment,
    protocols: [{ ...first, quantities: [{ id: 'q', label: 'Q', reading: { kind: 'epoch' } }] }],
  };
  expect((await run('kind.json', JSON.stringify(mistyped))).stderr).toMatch(
    /^descent: kind.json: protocols\[0\].quantities\[0\].reading.kind: expected .*got "epoch" \(did you mean epochs\?\)$/,
  );
  expect((await run('broken.ts', 'export default {')).stderr).toMatch(
    /^descent: broken.ts: expected a module .*line 1/,
  );
  expect((await run('none.js', 'export const x = 1;')).stderr).toContain('expected an experiment as default export');
  expect((await run('cut.json', '{')).stderr).toContain('cut.json: expected JSON');
});

test('an arm that names one that is not there is an error of the plan; a spec that is not valid is named by its place', async () => {
  const folder = temporaryFolder();
  const dry = async (preset: string): Promise<string> => {
    const file = join(folder, 'own.js');
    writeFileSync(
      file,
      `export default { id: 'o', title: 'O', question: 'Q', protocols: [{ id: 'as-intended', note: 'n', presets: { quick: ${preset} } }] };`,
    );
    return (await descentHere(['run', file, '--dry-run'])).stderr.trim();
  };
  const grid = `[{ id: 'g', label: 'g', measure: { name: 'gridError', points: 1 }, of: ['w3'] }]`;
  expect(
    await dry(`{ seeds: [1], arms: ${arms('[3]')}, measurements: ${grid.replace('w3', 'w4').replace('1 }', '2 }')} }`),
  ).toMatch(/expected one of w3, got "w4" \(did you mean w3\?\)$/);
  expect(await dry(`{ seeds: [1], arms: ${arms('[3]')}, measurements: ${grid} }`)).toContain(
    'own.js: protocols[0].presets.quick.measurements[0].measure.points: expected a whole number from 2 to 1000000, got 1',
  );
  expect(await dry(`{ seeds: [1], arms: ${arms('[0]')} }`)).toContain(
    'own.js: protocols[0].presets.quick.arms[0].spec.model.widths[1]: expected a whole number',
  );
});
