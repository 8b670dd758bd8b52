import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sha256Hex } from '../../src/base/sha256.js';
import { openStore } from '../../src/platform/node/store/store.js';
import { descent } from '../support/descent.js';
import { isLong } from '../support/length.js';
import { smokeStore } from '../support/smoke-run.js';
import { temporaryFolder } from '../support/store.js';

test('doctor finds a sound installation sound: kernels, PyTorch start, MNIST, store', async () => {
  const { code, stdout } = await descent(['doctor', '--store', temporaryFolder()]);
  expect(code, stdout).toBe(0);
  expect(stdout).not.toMatch(/^fault/m);
  for (const what of ['node', 'machine', 'kernels', 'training', 'MNIST', 'store'])
    expect(stdout).toMatch(new RegExp(`^ok +${what} `, 'm'));
});

test('doctor names a damaged trial and a wrong data folder, and exits with 1', async () => {
  const store = temporaryFolder();
  const id = 'a'.repeat(64);
  mkdirSync(join(store, 'trials', id), { recursive: true });
  writeFileSync(join(store, 'trials', id, 'result.json'), 'not JSON');
  const { code, stdout } = await descent(['doctor', '--store', store, '--data', store]);
  expect(code).toBe(1);
  expect(stdout).toMatch(new RegExp(`^fault +store .*${id}`, 'm'));
  expect(stdout).toMatch(/^fault +MNIST .*train-images-idx3-ubyte/m);
  expect(stdout).toContain(`descent doctor --repair --store ${store}`);
});

const run = (store: string, ...more: readonly string[]) =>
  descent(['run', 'function-fit-sinc', '--protocol', 'as-coded', '--preset', 'smoke', '--store', store, ...more]);
const doctor = async (store: string, ...more: readonly string[]) => {
  const { code, stdout } = await descent(['doctor', '--store', store, '--json', ...more]);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string>);
  const faults = lines.filter(({ state }) => state === 'fault').map(({ text }) => text ?? '');
  return { code, lines, faults };
};

/** What can happen to a file. */
const harms = {
  flip: (file: string): void => {
    const bytes = readFileSync(file);
    const middle = bytes.length >> 1;
    bytes[middle] = bytes[middle]! ^ 1;
    writeFileSync(file, bytes);
  },
  cut: (file: string): void => truncateSync(file, statSync(file).size >> 1),
  remove: (file: string): void => rmSync(file),
} as const;

const kinds = ['trials', 'measurements'] as const;
const foldersOf = (store: string): readonly string[] =>
  kinds.flatMap((kind) => readdirSync(join(store, kind)).map((id) => join(kind, id)));
/** What a task computed, by file; where and when it ran is not among it, and the fields of a spec may be in another order. */
const resultsIn = (folder: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => !['provenance.json', 'checksums.txt'].includes(name))
      .map((name) => [name, readFileSync(join(folder, name))] as const)
      .map(([name, bytes]) => [name, name === 'spec.json' ? JSON.parse(bytes.toString()) : sha256Hex(bytes)]),
  );
const timesIn = (folder: string): readonly number[] =>
  readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs);

/** Harms another task for each kind of file and harm, and removes a whole trial and a whole measurement; gives what was done to each. */
function harm(store: string): readonly { readonly folder: string; readonly file?: string; readonly how?: string }[] {
  return kinds.flatMap((kind) => {
    const ids = readdirSync(join(store, kind));
    const files = readdirSync(join(store, kind, ids[0]!));
    const harmed = files.flatMap((name) =>
      Object.entries(harms).map(([how, act]) => {
        const folder = join(kind, ids.pop()!);
        act(join(store, folder, name));
        return { folder, file: join(folder, name), how };
      }),
    );
    const folder = join(kind, ids.pop()!);
    rmSync(join(store, folder), { recursive: true });
    return [...harmed, { folder }];
  });
}

test('all that is damaged is named, set aside and run again to the same bytes; nothing else is run or touched', async () => {
  const [before, store] = [join(temporaryFolder(), 'before'), join(temporaryFolder(), 'store')];
  expect((await run(before, '--seeds', '1..8', '--set', 'stop.epochs=20')).code).toBe(0);
  cpSync(before, store, { recursive: true });
  const harmed = harm(store);
  expect(harmed).toHaveLength(3 * 7 + 1 + 3 * 4 + 1);

  const found = await doctor(store);
  expect(found.code).toBe(1);
  // A task without its checksums, as older versions left them, has lost nothing.
  const isLost = ({ file = '', how }: (typeof harmed)[number]): boolean =>
    !(file.endsWith('checksums.txt') && how === 'remove');
  for (const { folder, file = '' } of harmed.filter(isLost)) {
    const named = file.endsWith('checksums.txt') ? folder : file || folder.split('/')[1]!;
    expect(
      found.faults.some((fault) => fault.includes(named)),
      `${named} in ${found.faults.join('\n')}`,
    ).toBe(true);
  }
  const whole = foldersOf(before).filter((folder) => harmed.every((each) => each.folder !== folder));
  for (const folder of whole) expect(found.faults.join()).not.toContain(folder);

  const times = whole.map((folder) => timesIn(join(store, folder)));
  const repaired = await doctor(store, '--repair');
  expect(repaired.code, JSON.stringify(repaired.lines)).toBe(0);
  expect(repaired.lines.find(({ event }) => event === 'end')).toMatchObject({
    done: harmed.filter(isLost).length,
    stored: 0,
    failed: 0,
  });
  expect(readdirSync(join(store, 'damaged'))).toHaveLength(harmed.filter(isLost).length - 2);
  for (const folder of foldersOf(before))
    expect(resultsIn(join(store, folder))).toEqual(resultsIn(join(before, folder)));
  expect(whole.map((folder) => timesIn(join(store, folder)))).toEqual(times);
  expect(await doctor(store)).toMatchObject({ code: 0, faults: [] });
});

test.runIf(isLong)('what cannot be run again is named with what to do, and the rest is repaired', async () => {
  const store = smokeStore();
  const [first = '', second = ''] = openStore(store).list();
  const runFile = join('runs', 'function-fit-sinc-as-coded-smoke.json');
  for (const [id, name] of [
    [first, 'spec.json'],
    [second, 'weights.safetensors'],
  ] as const)
    harms.flip(join(store, 'trials', id, name));
  harms.cut(join(store, runFile));
  const partial = `.partial-${'e'.repeat(64)}`;
  mkdirSync(join(store, 'trials', partial));
  writeFileSync(join(store, 'trials', partial, `checkpoint-7-${'0'.repeat(64)}`), 'not what this digest is of');
  const { code, faults, lines } = await doctor(store, '--repair');
  expect(code).toBe(1);
  expect(lines.find(({ event }) => event === 'end')).toMatchObject({ done: 1 });
  expect(faults).toContainEqual(expect.stringContaining(`${first} cannot be run again: no spec with this id is left`));
  expect(faults).toContainEqual(expect.stringContaining(`${runFile}: its name says which run it was`));
  expect(faults).toContainEqual(expect.stringContaining(`${partial}/checkpoint-7-`));
  expect(readdirSync(join(store, 'damaged')).sort()).toEqual(
    [`${partial}-1`, `${first}-1`, `${second}-1`, `${runFile.slice(5)}-1`].sort(),
  );
  expect((await run(store, '--seeds', '1,2')).code).toBe(0);
  expect(await doctor(store)).toMatchObject({ code: 0, faults: [] });
});
