import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UserError } from '../../src/base/errors.js';
import { loadExperiment } from '../../src/cli/run/load-experiment.js';
import { parseExperiment } from '../../src/cli/run/parse-experiment.js';
import { planRuns } from '../../src/lab/plan-runs.js';
import { descent } from '../support/descent.js';
import { runs } from '../support/length.js';
import { temporaryFolder, tinySpec } from '../support/store.js';
import { fuzz } from './support/fuzz.js';
import { spoiled } from './support/garbage.js';
import { acceptedOr } from './support/refusals.js';

const { seed: _, ...tiny } = tinySpec;
const spec = { ...tiny, model: { kind: 'mlp', widths: [1, 2, 1], activation: 'relu' } };
const midway = { ...spec, init: { kind: 'interpolated', from: ['a', 'b'], alpha: 0.5 } };
const experiment = {
  id: 'own',
  title: 'Own',
  question: 'Why?',
  protocols: [
    {
      id: 'as-intended',
      note: 'A note.',
      presets: {
        quick: {
          seeds: [1, 2],
          arms: [
            { id: 'a', label: 'A', spec },
            { id: 'b', label: 'B', spec: { ...spec, batchSize: 1 } },
            { id: 'ab', label: 'A to B', spec: midway, numbers: { alpha: 0.5 } },
          ],
          measurements: [
            { id: 'grid', label: 'grid', measure: { name: 'gridError', points: 9 }, of: ['a'] },
            { id: 'path', label: 'path', measure: { name: 'trajectory', components: 2 }, of: ['a'], acrossSeeds: true },
          ],
        },
      },
      figures: [],
      quantities: [],
    },
  ],
};

const spoilt = runs(300, 2000);

test(`${spoilt} spoiled experiments are refused with a line for each place, or planned, or refused by the plan`, async () => {
  const request = { preset: 'quick', protocol: 'all', twins: 0, settings: [] } as const;
  expect(planRuns([{ experiment: parseExperiment(experiment) }], request)[0]?.tasks).toHaveLength(9);
  let planned = 0;
  await fuzz(spoilt, spoiled(fc.constant(experiment)), (json) => {
    const parsed = acceptedOr(parseExperiment, json);
    if (parsed === undefined) return;
    try {
      planRuns([{ experiment: parsed }], request);
      planned++;
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      expect((error as Error).message).toMatch(/expected/);
    }
  });
  expect(planned).toBeGreaterThan(spoilt / 20);
});

const files: readonly [string, string, RegExp][] = [
  ['syntax.ts', 'export default {', /expected a module that can be imported, got: .*line 1/],
  ['throws.js', 'throw new Error("first\\nsecond")', /that can be imported, got: first second$/],
  ['throws-null.js', 'throw null', /that can be imported, got: null$/],
  [
    'words.js',
    'vm',
    /expected a module that exports something, got a file that exports nothing \(vm is not defined\)$/,
  ],
  ['missing-import.js', 'import "./none.js"', /Could not resolve/],
  ['nothing.js', 'export const x = 1;', /expected an experiment as default export, got none/],
  ['null.js', 'export default null', /expected an object with id, .*got null$/],
  ['function.js', 'export default () => 1', /expected an object with id, .*got a function$/],
  ['bytes.js', '\u0000\u0001', /expected a module that can be imported, got/],
  ['bytes.json', '\u0000\u0001', /expected JSON, got/],
  ['empty.json', '', /expected JSON, got/],
  ['list.json', '[]', /expected an object with id, .*got \[\]$/],
  ['deep.json', '['.repeat(100_000) + ']'.repeat(100_000), /expected an object with id, .*got something that/],
];

test.each(files)('%s is one line that names the file', async (name, content, problem) => {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, content);
  const error: unknown = await loadExperiment(file).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  const { message } = error as Error;
  expect(message.startsWith(`${file}: `)).toBe(true);
  expect(message).toMatch(problem);
  expect(message.split('\n')).toHaveLength(1);
});

test.each(['none.ts', 'none.json', 'folder.json'])('%s is no file, and said to be none', async (name) => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'folder.json'));
  await expect(loadExperiment(join(folder, name))).rejects.toThrow(
    /expected a file with an experiment, got E(NOENT|ISDIR)$/,
  );
});

test('promises that fail or never come to an end, and stores that are none, are a line and exit code 2', async () => {
  const folder = temporaryFolder();
  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const own = file('own.json', JSON.stringify(experiment));
  mkdirSync(join(folder, 'store'));
  file('store/runs', 'a file in the place of a folder');
  const calls: readonly (readonly [readonly string[], RegExp])[] = [
    [
      ['run', file('fails.js', 'export default Promise.reject(new Error("no\\nluck"))')],
      /a promise that fails: no luck$/,
    ],
    [['run', file('never.js', 'export default new Promise(() => {})')], /it never settles$/],
    [['run', own, '--store', file('a-file', 'not a store')], /a-file.*: expected .*, got E\w+/],
    [['run', own, '--store', join(folder, 'store')], /store.*: expected .*, got E\w+/],
    [['run', own, '--store', '/proc/none/store'], /\/proc\/none\/store: expected .*, got E\w+/],
    [['report', '--store', join(folder, 'store')], /store\/runs: expected .*, got E\w+/],
  ];
  for (const [args, problem] of calls) {
    const { code, stderr } = await descent(args);
    expect(stderr.trim()).toMatch(problem);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(2);
  }
});
