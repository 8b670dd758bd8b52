import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../src/platform/node/store/store.js';
import { descent, type Ended } from '../support/descent.js';
import { descentHere } from '../support/descent-here.js';
import { isLong } from '../support/length.js';
import { smokeStore } from '../support/smoke-run.js';
import { temporaryFolder, tinySpec } from '../support/store.js';

const jsonLines = ({ stdout }: Pick<Ended, 'stdout'>): readonly Record<string, unknown>[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const plan = async (...args: readonly string[]) =>
  jsonLines(await descentHere(['run', ...args, '--preset', 'smoke', '--dry-run', '--json']));

test('every protocol of a preset is run unless one is named', async () => {
  const protocols = new Set((await plan('function-fit-sinc')).map(({ protocol }) => protocol));
  expect([...protocols].sort()).toEqual(['as-coded', 'as-intended']);
  const one = await plan('function-fit-sinc', '--protocol', 'as-intended');
  expect(new Set(one.map(({ protocol }) => protocol))).toEqual(new Set(['as-intended']));
});

test('--twins adds rounding twins of each trial: same seed, other ids', async () => {
  const trials = (await plan('function-fit-sinc', '--protocol', 'as-coded', '--twins', '2')).filter(
    ({ kind }) => kind === 'trial',
  );
  expect(trials.map(({ arm, twin }) => [arm, twin])).toEqual(
    ['m1', 'm2', 'm3'].flatMap((arm) => [undefined, 1, 2].map((twin) => [arm, twin])),
  );
  expect(new Set(trials.map(({ id }) => id)).size).toBe(9);
});

test('a bug that is switched off makes other tasks, recorded apart, in the protocol that has it alone', async () => {
  const store = temporaryFolder();
  const setting = 'bugs.stepOnWrongGradient=false';
  const run = (...more: readonly string[]) =>
    descent([
      'run',
      'minimal-ratio',
      '--protocol',
      'as-coded',
      '--preset',
      'smoke',
      '--store',
      store,
      '--json',
      ...more,
    ]);
  const losses = [await run(), await run('--set', setting)].map((ended) => {
    const values = jsonLines(ended).find(({ event }) => event === 'measurement')?.['values'] as Record<string, number>;
    return [values['firstLoss']!, values['finalLoss']!] as const;
  });
  expect(losses[0]![1]).toBeGreaterThan(losses[0]![0]);
  expect(losses[1]![1]).toBeLessThan(losses[1]![0]);
  expect(readdirSync(join(store, 'runs'))).toEqual([
    `minimal-ratio-as-coded-smoke+${setting}.json`,
    'minimal-ratio-as-coded-smoke.json',
  ]);
  expect(new Set(openStore(store).listMeasurements()).size).toBe(2);
});

test('a switch that no protocol has names those that there are, and what a value must be', async () => {
  const problem = async (setting: string): Promise<string> =>
    (await descentHere(['run', 'minimal-ratio', '--preset', 'smoke', '--dry-run', '--set', setting])).stderr;
  expect(await problem('bugs.stepOnWrongGradent=false')).toMatch(/did you mean stepOnWrongGradient\?\)$/m);
  expect(await problem('bugs.stepOnWrongGradient=no')).toContain('expected true or false, got no');
});

/** Two trials, and before them in the list three that start between the two. */
function betweenTwo() {
  const { seed: _, ...tiny } = tinySpec;
  const spec = { ...tiny, model: { ...tiny.model, widths: [1, 8, 1] } };
  const arms = [0.25, 0.5, 0.75].map((alpha) => ({
    id: `alpha${alpha}`,
    label: `${alpha}`,
    spec: { ...spec, init: { kind: 'interpolated', from: ['a', 'b'], alpha } },
  }));
  const ends = ['a', 'b'].map((id, i) => ({ id, label: id, spec: { ...spec, batchSize: i + 1 } }));
  const presets = { quick: { seeds: [1], arms: [...arms, ...ends] } };
  const protocols = [{ id: 'as-intended', note: 'A test.', presets }];
  const file = join(temporaryFolder(), 'between.json');
  writeFileSync(file, JSON.stringify({ id: 'between', title: 'Between', question: 'Which first?', protocols }));
  return file;
}

/** The same of a section of the report: 31 between two, on images. */
const section = [
  ...['interpolation-batch', '--protocol', 'as-coded', '--preset', 'smoke'],
  ...['--set', 'data.trainSize=200', '--set', 'data.testSize=100'],
];

test('trials that start between others run after them, on one worker and on two to the same hashes', async () => {
  const what = isLong ? section : [betweenTwo()];
  const hashes = async (workers: string) => {
    const ended = await descent(['run', ...what, '--json', '--workers', workers, '--store', temporaryFolder()]);
    expect(ended.code, ended.stderr).toBe(0);
    return jsonLines(ended)
      .filter(({ event }) => event === 'trial')
      .map(({ hash }) => hash);
  };
  const one = await hashes('1');
  expect(one).toHaveLength(isLong ? 33 : 5);
  expect(new Set(one).size).toBe(one.length);
  expect(await hashes('2')).toEqual(one);
}, 120_000);

test('verify prints each claim under each protocol, and what runs show of it, which is never a verdict', async () => {
  const store = smokeStore();
  // The register without a ledger: what the project has run is no matter of this test.
  const results = temporaryFolder();
  cpSync('docs/results/register.jsonl', join(results, 'register.jsonl'));
  const where = ['--store', store, '--results', results] as const;
  const half = await descentHere(['verify', 'function-fit-sinc', ...where]);
  expect(half.code).toBe(0);
  expect(half.stdout).toMatch(/not yet run: epochs, M3 \/ M1, expected above 1.5 .*; miniature: .*, not judged/);
  await descent(['run', 'function-fit-sinc', '--preset', 'smoke', '--protocol', 'as-intended', '--store', store]);
  const { code, stdout } = await descent(['verify', 'function-fit-sinc', ...where, '--json']);
  expect(code).toBe(0);
  const verdicts = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(new Set(verdicts.map(({ experiment }) => experiment))).toEqual(new Set(['function-fit-sinc']));
  for (const verdict of verdicts) expect(verdict).toMatchObject({ outcome: 'notRun', glimpse: { miniature: true } });
});

test('--dry-run measures how fast this machine is, once, and says how long the run would take', async () => {
  const cache = temporaryFolder();
  const dry = (...more: readonly string[]) =>
    descent(
      [
        'run',
        'function-fit-sinc',
        '--protocol',
        'as-coded',
        '--preset',
        'report',
        '--twins',
        '0',
        '--dry-run',
        ...more,
      ],
      { env: { DESCENT_CACHE: cache } },
    );
  const first = await dry('--workers', '1');
  expect(first.stdout).toMatch(/\n6 tasks, at most about [\d.]+ (s|min) on 1 worker\n$/);
  const [file = ''] = readdirSync(join(cache, 'speed'));
  const { networks } = JSON.parse(readFileSync(join(cache, 'speed', file), 'utf8'));
  // Each network as it is trained, and as it is measured.
  expect(Object.keys(networks)).toHaveLength(6);
  for (const { stepMs, evaluatedMs } of Object.values<Record<string, number>>(networks)) {
    expect(stepMs).toBeGreaterThan(0);
    expect(evaluatedMs).toBeGreaterThan(0);
  }
  expect((await dry('--workers', '1')).stdout).toBe(first.stdout);
});
