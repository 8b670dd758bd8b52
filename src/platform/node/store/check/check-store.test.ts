import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder, tinyCheckpoint, tinySpec } from '../../../../../test/support/store.js';
import { namedStream, uniformInt } from '../../../../base/streams.js';
import { engineRevision, kernelsDigest } from '../../../../engine/index.js';
import type { Store } from '../../../../lab/store.js';
import type { Task } from '../../../../lab/task.js';
import type { MeasurementSpec } from '../../../../tasks/measurement-spec.js';
import { runMeasurement } from '../../../../tasks/run-measurement.js';
import { runTrial } from '../../../../tasks/run-trial.js';
import { type TaskSpec, taskId } from '../../../../tasks/task.js';
import type { TrialSpec } from '../../../../tasks/trial-spec.js';
import { thisMachine } from '../../machine/machine.js';
import { lockStore } from '../lock/store-lock.js';
import { openStore } from '../store.js';
import { checkStore } from './check-store.js';

const loadMnist = () => Promise.reject(new Error('none is needed'));
const curve: TrialSpec = {
  ...tinySpec,
  model: { kind: 'mlp', widths: [1, 3, 1], activation: 'relu' },
  observe: { loss: 'step', train: 'end', layerGradNorm: 'epoch', snapshots: { every: 1, parameters: 'weights' } },
};
const task = (spec: TaskSpec): Task => ({ id: taskId(spec, { kernelsDigest, engineRevision }), spec });

async function recordTrial(store: Store, spec: TrialSpec): Promise<string> {
  const partial = store.begin(task(spec), thisMachine(1));
  const outcome = await runTrial(spec, { loadMnist, onRow: (row) => partial.append([row]) });
  await partial.finish(outcome, 1);
  return task(spec).id;
}

/** A store with a real trial that has a file of each kind, a measurement of it, and the run that both are of. */
async function filledStore() {
  const store = openStore(join(temporaryFolder(), 'store'));
  const trial = await recordTrial(store, curve);
  const spec: MeasurementSpec = {
    kind: 'measurement',
    measure: { name: 'gridError', points: 10_000 },
    of: [trial],
    seed: 1,
  };
  const outcome = await runMeasurement(spec, { loadMnist, loadTrial: async (id) => store.readFinished(id) });
  const measurement = task(spec).id;
  await store.begin(task(spec), thisMachine(1)).finish(outcome, 1);
  const run = { experiment: 'x', protocol: 'as-coded', preset: 'smoke', settings: [] };
  const named = { trials: [{ arm: 'a', seed: 1, id: trial }], measurements: [{ arm: 'b', seed: 1, id: measurement }] };
  store.writeRun({ ...run, ...named, finished: true });
  const folders = {
    trial: join(store.path, 'trials', trial),
    measurement: join(store.path, 'measurements', measurement),
  };
  return { store, trial, measurement, folders, runFile: join(store.path, 'runs', 'x-as-coded-smoke.json') };
}
type Filled = Awaited<ReturnType<typeof filledStore>>;

/** Every fault, each in words that begin with the path. */
async function faultsOf({ store }: Pick<Filled, 'store'>): Promise<readonly string[]> {
  const { damaged, damagedRuns, lost, leftovers } = await checkStore(store.path);
  return [
    ...damaged.flatMap(({ folder, problems }) => problems.map((problem) => join(folder, problem))),
    ...leftovers.flatMap(({ path, problems }) => problems.map((problem) => join(path, problem))),
    ...damagedRuns.map(({ path, problem }) => `${path}: ${problem}`),
    ...lost.map(({ id }) => `lost ${id}`),
  ];
}

const filesOf = ({ folders, runFile }: Filled): readonly string[] => [
  ...Object.values(folders).flatMap((folder) => readdirSync(folder).map((name) => join(folder, name))),
  runFile,
];

function flipBit(bytes: Buffer, position: number, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped[position] = bytes[position]! ^ (1 << bit);
  return flipped;
}

/**
 * Of one bit in the first byte, the last, and some between; cut off at the beginning, the middle and before the last
 * byte.
 */
function* damages(bytes: Buffer): Generator<readonly [string, Buffer]> {
  const rng = namedStream('damage', bytes.length);
  const between = Array.from({ length: 20 }, () => uniformInt(rng, bytes.length));
  for (const at of [0, bytes.length - 1, ...between]) {
    const bit = uniformInt(rng, 8);
    yield [`bit ${bit} of byte ${at}`, flipBit(bytes, at, bit)];
  }
  for (const length of [0, bytes.length >> 1, bytes.length - 1]) yield [`cut to ${length}`, bytes.subarray(0, length)];
}

test('a whole store is found whole', async () => {
  const filled = await filledStore();
  const check = await checkStore(filled.store.path);
  expect(check.sound.map(({ id, sealed }) => [id, sealed])).toEqual([
    [filled.trial, true],
    [filled.measurement, true],
  ]);
  expect(check).toMatchObject({ damaged: [], damagedRuns: [], lost: [], unfinished: [], leftovers: [] });
});

test('each bit flipped and each file cut short is found, in every kind of file, and the file is named', async () => {
  const filled = await filledStore();
  const files = filesOf(filled);
  expect(files).toHaveLength(8 + 4 + 1);
  for (const file of files) {
    const bytes = readFileSync(file);
    for (const [what, damaged] of damages(bytes)) {
      writeFileSync(file, damaged);
      const faults = await faultsOf(filled);
      // A line of checksums.txt that still is one can only tell that its file and it do not fit.
      const named = file.endsWith('checksums.txt') ? join(file, '..') : file;
      expect(
        faults.some((fault) => fault.startsWith(named)),
        `${what} of ${file}: ${faults}`,
      ).toBe(true);
    }
    writeFileSync(file, bytes);
  }
  expect(await faultsOf(filled)).toEqual([]);
}, 60_000);

test('each file that is missing is named; without its checksums a task counts as one of an older version', async () => {
  const filled = await filledStore();
  for (const file of filesOf(filled).filter((each) => each !== filled.runFile)) {
    const bytes = readFileSync(file);
    rmSync(file);
    const [faults, { sound }] = [await faultsOf(filled), await checkStore(filled.store.path)];
    if (file.endsWith('checksums.txt')) expect(sound.filter(({ sealed }) => !sealed)).toHaveLength(1);
    else expect(faults).toEqual([`${file}: expected a readable file, got ENOENT`]);
    writeFileSync(file, bytes);
  }
});

test('a folder without checksums is checked by its result hash', async () => {
  const filled = await filledStore();
  const { trial, measurement } = filled.folders;
  for (const folder of [trial, measurement]) rmSync(join(folder, 'checksums.txt'));
  expect(await faultsOf(filled)).toEqual([]);
  const damage = async (file: string, change: (bytes: Buffer) => Buffer | string): Promise<string> => {
    const bytes = readFileSync(file);
    writeFileSync(file, change(bytes));
    const faults = await faultsOf(filled);
    writeFileSync(file, bytes);
    return faults.join();
  };
  const lastBit = (bytes: Buffer): Buffer => flipBit(bytes, bytes.length - 1, 0);
  const anotherHash = `${join(trial, 'result.json')}: expected the hash of its metrics and weights, got another`;
  expect(await damage(join(trial, 'weights.safetensors'), lastBit)).toBe(anotherHash);
  expect(await damage(join(trial, 'metrics.parquet'), (bytes) => bytes.subarray(0, 100))).toContain(
    `${join(trial, 'metrics.parquet')}: expected Parquet`,
  );
  const otherSeed = (bytes: Buffer): string => bytes.toString().replace('"seed": 1', '"seed": 2');
  expect(await damage(join(trial, 'spec.json'), otherSeed)).toContain('spec.json: expected the spec of this id');
  expect(await damage(join(measurement, 'result.json'), (bytes) => bytes.toString().replace('10000', '10001'))).toBe(
    `${join(measurement, 'result.json')}: expected the hash of its values and columns, got another`,
  );
});

test('the hash of a trial that diverged is recomputed from its files, with numbers that are not finite', async () => {
  const store = openStore(temporaryFolder());
  const diverging = { ...curve, optimizer: { kind: 'sgd', learningRate: 1e20 }, stop: { epochs: 100 } } as const;
  for (const [batchSize, cadence] of [
    ['full', 'step'],
    ['full', 'epoch'],
    [2, 'step'],
    [2, 'epoch'],
  ] as const) {
    const observe = {
      loss: cadence,
      gradNorm: cadence,
      layerGradNorm: cadence,
      lastBatchLoss: 'epoch',
      train: 'epoch',
    } as const;
    const id = await recordTrial(store, { ...diverging, batchSize, observe });
    expect(store.readSummary(id)).toMatchObject({ status: 'diverged' });
    rmSync(join(store.path, 'trials', id, 'checksums.txt'));
  }
  const metrics = await Promise.all(store.list().map(async (id) => (await store.read(id)).metrics));
  expect(metrics.some(({ loss }) => loss?.at(-1) === null)).toBe(true);
  expect(await faultsOf({ store })).toEqual([]);
});

test('a folder under the id of another task is found', async () => {
  const filled = await filledStore();
  renameSync(filled.folders.trial, join(filled.store.path, 'trials', 'a'.repeat(64)));
  expect(await faultsOf(filled)).toEqual([
    expect.stringContaining(`spec.json: expected the spec of this id, got that of ${filled.trial}`),
    `lost ${filled.trial}`,
  ]);
});

test('a task that is gone is lost if its run was finished or another started from it, else to come', async () => {
  const filled = await filledStore();
  rmSync(filled.folders.measurement, { recursive: true });
  expect(await faultsOf(filled)).toEqual([`lost ${filled.measurement}`]);
  const [{ finished: _, ...run }] = filled.store.listRuns() as [ReturnType<Store['listRuns']>[number]];
  filled.store.writeRun(run);
  expect(await faultsOf(filled)).toEqual([]);
  expect((await checkStore(filled.store.path)).unfinished).toMatchObject([{ path: filled.runFile, missing: 1 }]);
  const other = await filledStore();
  rmSync(other.runFile);
  rmSync(other.folders.trial, { recursive: true });
  expect(await faultsOf(other)).toEqual([`lost ${other.trial}`]);
});

test('what killed runs left is told apart: to resume, damaged, or good for nothing', async () => {
  const filled = await filledStore();
  const spec = { ...curve, seed: 2 };
  const partial = filled.store.begin(task(spec), thisMachine(1));
  partial.append([
    { epoch: 1, step: 1, loss: 1 },
    { epoch: 2, step: 2, loss: 2 },
  ]);
  partial.checkpoint(tinyCheckpoint, 1);
  mkdirSync(join(filled.store.path, 'measurements', `.partial-${'c'.repeat(64)}`));
  const check = await checkStore(filled.store.path);
  const folder = join(filled.store.path, 'trials', `.partial-${task(spec).id}`);
  expect(check.leftovers.map(({ path, resumable }) => [path.includes('trials'), resumable])).toEqual([
    [true, true],
    [false, false],
  ]);
  const checkpoint = readdirSync(folder).find((name) => name.startsWith('checkpoint-')) ?? '';
  for (const name of [checkpoint, 'metrics.jsonl']) {
    const bytes = readFileSync(join(folder, name));
    writeFileSync(join(folder, name), flipBit(bytes, bytes.length >> 1, 3));
    expect(await faultsOf(filled)).toEqual([`${join(folder, name)}: expected the bytes that were written, got others`]);
    expect((await checkStore(filled.store.path)).leftovers[0]?.resumable).toBe(false);
    writeFileSync(join(folder, name), bytes);
  }
});

test('a store without anything, and the own lock on it, are no faults', async () => {
  const store = openStore(temporaryFolder());
  const lock = lockStore(store.path);
  expect(await faultsOf({ store })).toEqual([]);
  lock.release();
});
