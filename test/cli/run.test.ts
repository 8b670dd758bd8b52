import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunRecord } from '../../src/lab/record.js';
import { openStore } from '../../src/platform/node/store/store.js';
import { descent, type Ended, startDescent } from '../support/descent.js';
import { descentHere } from '../support/descent-here.js';
import { smokeRunArgs } from '../support/shared-run.js';
import { smokeOutput, smokeStore } from '../support/smoke-run.js';
import { temporaryFolder, tinySpec } from '../support/store.js';

const jsonLines = (text: string): readonly Record<string, unknown>[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const smoke = (store: string, ...more: readonly string[]): Promise<Ended> =>
  descent([...smokeRunArgs, '--store', store, ...more]);

const eventsIn = ({ stdout }: Pick<Ended, 'stdout'>, ...names: readonly string[]): readonly Record<string, unknown>[] =>
  jsonLines(stdout).filter(({ event }) => names.includes(String(event)));
const tasksIn = (ended: Pick<Ended, 'stdout'>) => eventsIn(ended, 'trial', 'measurement');
/** What the run that all share printed. */
const shared = () => ({ stdout: smokeOutput() });
const trialsIn = (ended: Pick<Ended, 'stdout'>) => eventsIn(ended, 'trial');

test('one worker and two give the same hashes, reported in the same order', async () => {
  const one = await smoke(temporaryFolder(), '--workers', '1');
  expect(one.code).toBe(0);
  const hashes = tasksIn(one).map(({ id, hash }) => ({ id, hash }));
  expect([trialsIn(one).length, hashes.length]).toEqual([6, 12]);
  expect(new Set(hashes.map(({ hash }) => hash)).size).toBe(12);
  expect(tasksIn(shared()).map(({ id, hash }) => ({ id, hash }))).toEqual(hashes);
});

test('a second run of the same tasks does no work and says the same hashes', async () => {
  const store = smokeStore();
  const folders = (): readonly number[] =>
    openStore(store)
      .list()
      .map((id) => statSync(join(store, 'trials', id)).mtimeMs);
  const before = folders();
  const second = await smoke(store);
  expect(jsonLines(smokeOutput()).at(-1)).toMatchObject({
    event: 'end',
    done: 12,
    stored: 0,
    failed: 0,
    interrupted: 0,
  });
  expect(jsonLines(second.stdout).at(-1)).toMatchObject({
    event: 'end',
    done: 0,
    stored: 12,
    failed: 0,
    interrupted: 0,
  });
  expect(tasksIn(second).map(({ hash }) => hash)).toEqual(tasksIn(shared()).map(({ hash }) => hash));
  expect(folders()).toEqual(before);
});

test('a run records which tasks belong together, and the store holds them', async () => {
  const store = smokeStore();
  const run = JSON.parse(
    readFileSync(join(store, 'runs', 'function-fit-sinc-as-coded-smoke.json'), 'utf8'),
  ) as RunRecord;
  expect(run).toMatchObject({ experiment: 'function-fit-sinc', protocol: 'as-coded', preset: 'smoke', settings: [] });
  expect(run.trials.map(({ arm, seed }) => `${arm} ${seed}`)).toEqual(['m1 1', 'm2 1', 'm3 1', 'm1 2', 'm2 2', 'm3 2']);
  expect(run.measurements.map(({ arm }) => arm)).toEqual([
    'm1-grid',
    'm2-grid',
    'm3-grid',
    'm1-grid',
    'm2-grid',
    'm3-grid',
  ]);
  const grid = openStore(store).readMeasurement(run.measurements[0]!.id);
  expect(grid.spec.of).toEqual([run.trials[0]!.id]);
  expect(grid.values['mse']).toBeGreaterThan(0);
  const record = await openStore(store).read(run.trials[0]!.id);
  expect(record.spec.seed).toBe(1);
  expect(record.metrics['loss']).toHaveLength(record.epochs);
  expect(record.predictions?.predicted).toHaveLength(300);
});

test('--dry-run names the same tasks and writes nothing', async () => {
  const store = join(temporaryFolder(), 'store');
  const plan = await descentHere([...smokeRunArgs, '--store', store, '--dry-run']);
  expect(existsSync(store)).toBe(false);
  const ids = jsonLines(plan.stdout).map(({ id }) => id);
  expect(tasksIn(shared()).map(({ id }) => id)).toEqual(ids);
});

test('--set makes other trials, recorded apart from the preset', async () => {
  const store = temporaryFolder();
  await smoke(store, '--set', 'stop.epochs=3');
  expect(openStore(store).listRuns()).toMatchObject([{ settings: ['stop.epochs=3'] }]);
  expect(readdirSync(join(store, 'runs'))).toEqual(['function-fit-sinc-as-coded-smoke+stop.epochs=3.json']);
});

test('a network that cannot fit into memory is refused before anything is computed: one line that says how much it needs, exit code 2', async () => {
  const input = JSON.stringify({ ...tinySpec, model: { ...tinySpec.model, widths: [1, 60_000, 60_000, 1] } });
  const { code, stderr } = await descent(['train', '-', '--json'], { input });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^descent: model: expected .* fill 4\.0 GiB, got .* need 40\.2 GiB\n$/);
});

test('train --json prints a line for each observation and ends with the hash, the same as a run gives', async () => {
  const store = smokeStore();
  const [trial] = trialsIn(shared());
  const { spec } = await openStore(store).read(String(trial?.['id']));
  const { code, stdout } = await descent(['train', '-', '--json'], { input: JSON.stringify(spec) });
  const lines = jsonLines(stdout);
  expect(code).toBe(0);
  expect(Object.keys(lines[0]!).slice(0, 3)).toEqual(['epoch', 'step', 'loss']);
  expect(lines).toHaveLength(Number(trial?.['epochs']) + 1);
  expect(lines.at(-1)).toMatchObject({ done: true, hash: trial?.['hash'], status: 'finished', id: trial?.['id'] });
});

test('train --out makes a folder with the whole result, and never overwrites one', async () => {
  const out = join(temporaryFolder(), 'result');
  const input = JSON.stringify({
    ...tinySpec,
    model: { ...tinySpec.model, widths: [1, 1] },
    observe: { loss: 'step' },
  });
  expect((await descent(['train', '-', '--out', out], { input })).code).toBe(0);
  const files = [
    'checksums.txt',
    'metrics.parquet',
    'predictions.json',
    'provenance.json',
    'result.json',
    'spec.json',
    'weights.safetensors',
  ];
  expect(readdirSync(out).sort()).toEqual(files);
  const again = await descent(['train', '-', '--out', out], { input });
  expect({ code: again.code, stderr: again.stderr }).toEqual({
    code: 2,
    stderr: `descent: --out ${out}: expected a new or empty folder, got one that holds checksums.txt\n`,
  });
});

test('query sees all trials, metrics, measurements and runs, whatever the name of the folder', async () => {
  const store = smokeStore("it's [a]*");
  const sql =
    'SELECT arm, count(*) AS n, max(epoch) AS last FROM metrics JOIN runs USING (id) JOIN trials USING (id) GROUP BY arm ORDER BY arm';
  const errors =
    'SELECT arm, avg(value) AS mse FROM measurements JOIN runs USING (id) WHERE name = ? GROUP BY arm ORDER BY arm';
  const { stdout } = await descent(['query', sql, '--store', store, '--json']);
  expect(jsonLines(stdout).map(({ arm }) => arm)).toEqual(['m1', 'm2', 'm3']);
  expect(jsonLines(stdout)[0]).toMatchObject({ n: expect.any(Number), last: expect.any(Number) });
  const measured = await descentHere(['query', errors.replace('?', "'mse'"), '--store', store, '--json']);
  expect(jsonLines(measured.stdout)).toMatchObject(
    ['m1', 'm2', 'm3'].map((m) => ({ arm: `${m}-grid`, mse: expect.any(Number) })),
  );
  const empty = await descentHere([
    'query',
    'SELECT count(*) AS n FROM metrics JOIN trials USING (id) JOIN runs USING (id) JOIN measurements USING (id)',
    '--store',
    join(store, 'none'),
    '--json',
  ]);
  expect(empty.stdout).toBe('{"n":0}\n');
});

test('a reader that leaves early ends the command without a word', async () => {
  const long = {
    ...tinySpec,
    model: { ...tinySpec.model, widths: [1, 1] },
    stop: { epochs: 1_000_000 },
    observe: { loss: 'step' },
  };
  const started = startDescent(['train', '-', '--json'], { input: JSON.stringify(long) });
  await started.printed('"epoch":2,');
  started.process.stdout?.destroy();
  const { code, stderr } = await started.ended;
  expect({ code, stderr }).toEqual({ code: 141, stderr: '' });
});
