import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { machine, temporaryFolder, tinyCheckpoint, tinyOutcome, tinySpec } from '../../../../test/support/store.js';
import { UserError } from '../../../base/errors.js';
import type { RunRecord } from '../../../lab/record.js';
import { readSafetensors } from '../../../lab/safetensors.js';
import type { Store } from '../../../lab/store.js';
import { withDefaults } from '../../../tasks/defaults.js';
import type { MeasurementSpec } from '../../../tasks/measurement-spec.js';
import type { TrialSpec } from '../../../tasks/trial-spec.js';
import { readParameters } from './finished-trials.js';
import { openStore } from './store.js';

const id = 'a'.repeat(64);
/** `machine` of the tests, as results name it. */
const inWords = 'a processor (2 cores, wasm kernels)';
const rows = [
  { epoch: 1, step: 1, loss: 0.1 + 0.2, gradNorm: 5e-324 },
  { epoch: 2, step: 2, loss: Number.NaN },
];

async function filledStore() {
  const store = openStore(join(temporaryFolder(), 'store'));
  const partial = store.begin({ id, spec: tinySpec }, machine);
  partial.append(rows);
  await partial.finish(tinyOutcome, 12);
  return store;
}

test('a finished trial is read as it was recorded, with its defaults written out', async () => {
  const store = await filledStore();
  expect(store.has(id)).toBe(true);
  expect(store.list()).toEqual([id]);
  expect(await store.read(id)).toEqual({
    ...tinyOutcome.summary,
    id,
    spec: withDefaults(tinySpec),
    metrics: { epoch: [1, 2], step: [1, 2], loss: [0.1 + 0.2, null], gradNorm: [5e-324, null] },
    predictions: tinyOutcome.predictions,
    durationMs: 12,
    machine: inWords,
  });
});

test('its folder holds these files and no other', async () => {
  const store = await filledStore();
  const folder = join(store.path, 'trials', id);
  const files = [
    'checksums.txt',
    'metrics.parquet',
    'predictions.json',
    'provenance.json',
    'result.json',
    'spec.json',
    'weights.safetensors',
  ];
  expect(readdirSync(folder).sort()).toEqual(files);
  expect(readSafetensors(readFileSync(join(folder, 'weights.safetensors')), 'w').map((tensor) => tensor.name)).toEqual([
    '0.weight',
    '0.bias',
  ]);
  expect(JSON.parse(readFileSync(join(folder, 'provenance.json'), 'utf8'))).toMatchObject({
    ...machine,
    durationMs: 12,
  });
});

test('a trial without observations has metrics without rows', async () => {
  const store = openStore(temporaryFolder());
  await store.begin({ id, spec: tinySpec }, machine).finish(tinyOutcome, 1);
  expect((await store.read(id)).metrics).toEqual({ epoch: [], step: [] });
});

test('until it is finished a trial is not there, though its rows are on the disk', async () => {
  const store = openStore(temporaryFolder());
  const partial = store.begin({ id, spec: tinySpec }, machine);
  partial.append(rows);
  expect(store.has(id)).toBe(false);
  expect(store.list()).toEqual([]);
  const [name = ''] = readdirSync(join(store.path, 'trials'));
  expect(name).toMatch(/^\.partial-/);
  expect(
    readFileSync(join(store.path, 'trials', name, 'metrics.jsonl'), 'utf8')
      .trim()
      .split('\n'),
  ).toHaveLength(2);
  partial.leave();
  expect(readdirSync(join(store.path, 'trials'))).toEqual([]);
});

test('when a trial is finished a second time the first result stays, and nothing is left of the second', async () => {
  const store = await filledStore();
  const second = { ...tinyOutcome, summary: { ...tinyOutcome.summary, epochs: 99 } };
  await store.begin({ id, spec: tinySpec }, machine).finish(second, 2);
  expect((await store.read(id)).epochs).toBe(2);
  expect(readdirSync(join(store.path, 'trials'))).toEqual([id]);
});

test('what was left without a checkpoint is removed, and what can be resumed stays', () => {
  const store = openStore(temporaryFolder());
  const trials = join(store.path, 'trials');
  store.begin({ id: 'a'.repeat(64), spec: tinySpec }, machine).append(rows);
  const partial = store.begin({ id: 'b'.repeat(64), spec: tinySpec }, machine);
  partial.append(rows);
  partial.checkpoint(tinyCheckpoint, 7);
  partial.leave();
  expect(readdirSync(trials)).toHaveLength(2);
  expect(store.removeAbandoned()).toBe(1);
  expect(readdirSync(trials)).toEqual([`.partial-${'b'.repeat(64)}`]);
});

test('a store that is only looked at is not made', () => {
  const store = openStore(join(temporaryFolder(), 'none'));
  expect([store.list(), store.listRuns(), store.has(id), store.removeAbandoned()]).toEqual([[], [], false, 0]);
  expect(existsSync(store.path)).toBe(false);
});

test('what is missing or damaged is an error that names the file, whoever reads it', async () => {
  await expect((await filledStore()).read('c'.repeat(64))).rejects.toThrow(UserError);
  const [summary, record, finished] = [
    (store: Store) => store.readSummary(id),
    (store: Store) => store.read(id),
    (store: Store) => store.readFinished(id),
  ];
  for (const [name, ...readers] of [
    ['result.json', summary, record],
    ['provenance.json', summary, record, (store: Store) => store.readTiming(id)],
    ['spec.json', record, finished],
    ['metrics.parquet', record],
    ['predictions.json', record],
    ['weights.safetensors', finished],
  ] as const) {
    const store = await filledStore();
    const file = join(store.path, 'trials', id, name);
    const [first = 0, ...rest] = readFileSync(file);
    writeFileSync(file, Uint8Array.of(first ^ 1, ...rest));
    const reads = readers.map((read) => async () => read(store));
    for (const read of reads) {
      await expect(read()).rejects.toThrow(
        `${file}: expected the bytes that were written, got others; descent doctor --repair on its store mends it`,
      );
    }
    rmSync(file);
    for (const read of reads) await expect(read()).rejects.toThrow(`${file}: expected a readable file, got ENOENT`);
  }
});

test('a folder without a result does not stand in the way of a new one, and is kept', async () => {
  const store = await filledStore();
  rmSync(join(store.path, 'trials', id, 'result.json'));
  expect(store.has(id)).toBe(false);
  await store.begin({ id, spec: tinySpec }, machine).finish(tinyOutcome, 1);
  expect(store.has(id)).toBe(true);
  expect(readdirSync(join(store.path, 'damaged', `${id}-1`))).toContain('weights.safetensors');
});

test('a store where nothing can be written is a clear error', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(() => openStore(file).begin({ id, spec: tinySpec }, machine)).toThrow(
    /expected a folder that can be written, got ENOTDIR/,
  );
});

test('a measurement has a folder of its own kind and is read as it was recorded', async () => {
  const store = await filledStore();
  const spec: MeasurementSpec = { kind: 'measurement', measure: { name: 'predictions' }, of: [id, id], seed: 1 };
  const result = { values: { x: 1, y: null }, columns: { a: [1, null] } };
  const own = 'd'.repeat(64);
  await store.begin({ id: own, spec }, machine).finish({ result, hash: 'h' }, 3);
  expect(readdirSync(join(store.path, 'measurements', own)).sort()).toEqual([
    'checksums.txt',
    'provenance.json',
    'result.json',
    'spec.json',
  ]);
  expect(store.readMeasurement(own)).toEqual({ ...result, id: own, spec, hash: 'h', durationMs: 3, machine: inWords });
  expect(store.readTiming(own)).toEqual({ durationMs: 3, machine: inWords });
  expect([store.has(own), store.list(), store.listMeasurements()]).toEqual([true, [id], [own]]);
  expect(store.readSummary(own)).toMatchObject({ values: result.values, hash: 'h' });
  expect(() => store.readMeasurement(id)).toThrow('expected a finished measurement, got nothing');
});

test('a finished trial gives its parameters, and its snapshots row by row', async () => {
  const store = openStore(temporaryFolder());
  const spec: TrialSpec = {
    ...tinySpec,
    observe: { snapshots: { every: 1, parameters: ['0.weight'], initial: true } },
  };
  const snapshots = {
    epochs: [0, 1, 2],
    tensors: [{ name: '0.weight', shape: [2, 1] }],
    width: 2,
    values: Float32Array.of(0, 1, 10, 11, 20, 21),
  };
  await store.begin({ id, spec }, machine).finish({ ...tinyOutcome, snapshots }, 1);
  const finished = store.readFinished(id);
  expect(finished.parameters).toEqual(tinyOutcome.parameters);
  expect(finished.snapshots).toMatchObject({ epochs: [0, 1, 2], width: 2, tensors: snapshots.tensors });
  const row = new Float32Array(1);
  finished.snapshots?.read(2, 1, row);
  expect([...row]).toEqual([21]);
});

test('weights of another network are an error that names the tensor', async () => {
  const store = await filledStore();
  const other = { model: { ...tinySpec.model, kind: 'mlp', widths: [1, 3], activation: 'relu' } } as const;
  expect(() => readParameters(join(store.path, 'trials', id, 'weights.safetensors'), other)).toThrow(
    'expected a tensor 0.weight of shape [3, 1], got [2, 1]',
  );
});

test('a run is recorded by experiment, protocol and preset, a changed one apart', () => {
  const store = openStore(temporaryFolder());
  const run: RunRecord = {
    experiment: 'x',
    protocol: 'as-coded',
    preset: 'quick',
    settings: [],
    trials: [{ arm: 'm1', seed: 1, id }],
    measurements: [{ arm: 'grid', seed: 1, id: 'b'.repeat(64) }],
  };
  const other = { ...run, protocol: 'as-intended' };
  const changed = { ...run, settings: ['stop.epochs=3'] };
  for (const each of [run, changed, other, run]) store.writeRun(each);
  expect(store.listRuns()).toEqual([changed, run, other]);
});

test('a run is read if an older version wrote it, and not if it is damaged', () => {
  const store = openStore(temporaryFolder());
  const run: RunRecord = { experiment: 'x', protocol: 'p', preset: 'q', settings: [], trials: [], measurements: [] };
  store.writeRun(run);
  const file = join(store.path, 'runs', 'x-p-q.json');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, JSON.stringify(run));
  expect(store.listRuns()).toEqual([run]);
  for (const damaged of [text.replace('"x"', '"y"'), text.trimEnd(), text.replace('"p"', '"p" '), '5', 'null']) {
    writeFileSync(file, damaged);
    expect(() => store.listRuns()).toThrow(`${file}: expected the record of a run as it was written`);
  }
});

test('a store carries a format number; one without is taken over, and gets it with the first write', async () => {
  const { path } = await filledStore();
  const file = join(path, 'store.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ format: 1 });
  rmSync(file);
  const old = openStore(path);
  expect(old.list()).toEqual([id]);
  expect(existsSync(file)).toBe(false);
  old.begin({ id: 'b'.repeat(64), spec: tinySpec }, machine).leave();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ format: 1 });
});

test.each([
  ['{"format":2}', /^store .*: expected format 1 or an older one, got 2; use the newer version of Descent/],
  ['{"format":0}', /store\.json: expected a format number, as \{"format":1\}, got none; .*remove the file$/],
  ['{"format"', /store\.json: expected a format number/],
  ['null', /store\.json: expected a format number/],
])('a store whose number is %s is refused in one line, and left as it is', async (text, problem) => {
  const { path } = await filledStore();
  writeFileSync(join(path, 'store.json'), text);
  const error = refusalOf(() => openStore(path));
  expect(error).toBeInstanceOf(UserError);
  expect(error.message).toMatch(problem);
  expect(error.message.split('\n')).toHaveLength(1);
  expect(readFileSync(join(path, 'store.json'), 'utf8')).toBe(text);
});

function refusalOf(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  throw new Error('expected a refusal, got none');
}
