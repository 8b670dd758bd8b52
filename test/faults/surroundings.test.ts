import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/platform/node/store/store.js';
import { descent, type Ended, startDescent } from '../support/descent.js';
import { expectBelow } from '../support/patience.js';
import { temporaryFolder } from '../support/store.js';

const section = ['run', 'gradient-norm', '--protocol', 'as-coded', '--preset', 'smoke', '--seeds', '1', '--json'];
/** A trial of the same section that runs until it is stopped. */
const endless = [...section, '--workers', '1', '--checkpoint-every', '0.1', '--set', 'stop={"epochs":1000000000}'];

const events = ({ stdout }: Ended): readonly Record<string, unknown>[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const summaryOf = (ended: Ended) => events(ended).find(({ event }) => event === 'end');
const hashesOf = (ended: Ended) => events(ended).flatMap(({ hash }) => (hash === undefined ? [] : [hash]));

/** A small file system in memory, or undefined where this user may not mount one. */
function smallFileSystem(bytes: number): string | undefined {
  const folder = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  // After this, the folder itself is removed.
  onTestFinished(() => void execFileSync('umount', [folder]));
  return folder;
}

/** Fills a file system up to so many bytes; gives the path of the file that does. */
function fillUpTo(folder: string, left: number): string {
  const ballast = join(folder, 'ballast');
  writeFileSync(ballast, '');
  try {
    for (;;) appendFileSync(ballast, new Uint8Array(4096));
  } catch {
    truncateSync(ballast, statSync(ballast).size - left);
  }
  return ballast;
}

test('on a full disk the trials fail with the reason, no folder passes for a whole one, and with room again the same command goes on', async (context) => {
  const disk = smallFileSystem(1_500_000);
  if (disk === undefined) return context.skip('only root may mount a small file system');
  const ballast = fillUpTo(disk, 24 * 1024);
  const store = join(disk, 'store');
  const full = await descent([...section, '--store', store]);
  expect(full.code).toBe(1);
  // As Node or as DuckDB says it.
  expect(full.stdout).toMatch(/ENOSPC|No space left on device/);
  expect(Number(summaryOf(full)?.['failed'])).toBeGreaterThan(0);
  for (const id of openStore(store).list()) await openStore(store).read(id);
  rmSync(ballast);
  const again = await descent([...section, '--store', store]);
  expect(again).toMatchObject({ code: 0, stderr: '' });
  const elsewhere = await descent([...section, '--store', join(temporaryFolder(), 'store')]);
  expect(hashesOf(again)).toEqual(hashesOf(elsewhere));
});

test('a store on a read-only file system is one clear line and exit code 2', async (context) => {
  const disk = smallFileSystem(100_000);
  if (disk === undefined) return context.skip('only root may mount a small file system');
  execFileSync('mount', ['-o', 'remount,ro', disk]);
  const ended = await descent([...section, '--store', join(disk, 'store')]);
  expect(ended.code).toBe(2);
  expect(ended.stderr).toMatch(/^descent: store .*: expected a folder that can be written.*--store\n$/);
});

test('a store that is removed under a run fails its trial at once, with the reason', async () => {
  const store = join(temporaryFolder(), 'store');
  const started = startDescent([...endless, '--store', store]);
  await started.printed('"event":"progress"');
  // At once: removed file by file, a folder could be filled again by the run before it is gone.
  const removed = `${store}-removed`;
  renameSync(store, removed);
  rmSync(removed, { recursive: true });
  const ended = await started.ended;
  expect(ended.code).toBe(1);
  expect(ended.stdout).toMatch(/"state":"failed","reason":".*ENOENT/);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s ends a run within 2 s with code %i and a checkpoint', (signal, code) =>
  expectBelow(2000, async () => {
    const store = join(temporaryFolder(), 'store');
    const started = startDescent([...endless, '--store', store]);
    await started.printed('"event":"progress"');
    const start = performance.now();
    started.process.kill(signal);
    const ended = await started.ended;
    const ms = performance.now() - start;
    expect(ended.code).toBe(code);
    const [partial = ''] = readdirSync(join(store, 'trials'));
    expect(readdirSync(join(store, 'trials', partial)).some((name) => name.startsWith('checkpoint-'))).toBe(true);
    return ms;
  }),
);

test('a second signal ends a run at once, though its worker is within a step that takes seconds', () =>
  // Without the second one, workers are given 1.2 s to end by themselves.
  expectBelow(800, async () => {
    const store = join(temporaryFolder(), 'store');
    const slow = ['run', 'parameter-count', '--protocol', 'as-coded', '--preset', 'smoke', '--seeds', '1', '--json'];
    const started = startDescent([...slow, '--set', 'observe={"lambdaMax":{"every":2}}', '--store', store]);
    await started.printed('"event":"progress"');
    started.process.kill('SIGINT');
    await setTimeout(100);
    const start = performance.now();
    started.process.kill('SIGINT');
    expect(await started.ended).toMatchObject({ code: 130 });
    return performance.now() - start;
  }));

test('whoever reads the output may leave: the run ends with code 141, and the same command goes on to the same bits', async () => {
  const store = join(temporaryFolder(), 'store');
  const started = startDescent([...section, '--store', store]);
  started.process.stdout?.destroy();
  expect((await started.ended).code).toBe(141);
  const again = await descent([...section, '--store', store]);
  expect(again).toMatchObject({ code: 0, stderr: '' });
});

test('a clock that is set back by hours between any two looks at it changes nothing', async () => {
  const folder = temporaryFolder();
  const clock = join(folder, 'clock.mjs');
  // Each look at the clock is an hour before the last one.
  writeFileSync(
    clock,
    'let now = Date.now(); const back = () => (now -= 3_600_000); const D = Date;\n' +
      'globalThis.Date = class extends D { constructor(...a) { super(...(a.length ? a : [back()])); } static now() { return back(); } };\n',
  );
  mkdirSync(join(folder, 'stores'));
  const run = (store: string, env: Record<string, string> = {}) =>
    descent([...section, '--checkpoint-every', '0.05', '--store', join(folder, 'stores', store)], { env });
  const back = await run('back', { NODE_OPTIONS: `--import=${clock}` });
  expect(back).toMatchObject({ code: 0, stderr: '' });
  expect(hashesOf(back)).toEqual(hashesOf(await run('straight')));
});
