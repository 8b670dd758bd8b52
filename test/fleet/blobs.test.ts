import { readdirSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { startDescent } from '../support/descent.js';
import {
  endAll,
  expectUndisturbed,
  hastyAgent,
  outputsOf,
  shown,
  startAgent,
  startFleetRun,
} from '../support/fleet.js';
import { hasJob } from '../support/lost-work.js';
import { isFleetLong, noRedis, startRedis } from '../support/redis.js';
import { smokeRunArgs } from '../support/shared-run.js';
import { temporaryFolder } from '../support/store.js';
import { noSwift, startSwift, swiftKeys } from '../support/swift.js';
import { startProxy } from '../support/tcp-proxy.js';

// A place of results that is away, and what lies there torn.

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const awayMs = 15_000;

describe.skipIf(noRedis || !isFleetLong)('a run of a fleet ends with the same hashes', () => {
  test('though blobs are torn as soon as they are there', async () => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    for (const name of ['e', 'f']) startAgent(redis.url, ['--name', name, ...hastyAgent]);
    const run = startFleetRun(redis.url, store);
    const torn = new Set<string>();
    const blobs = join(store, 'blobs', 'blobs');
    const tear = setInterval(() => {
      for (const path of namesIn(blobs).map((name) => join(blobs, name))) {
        if (torn.size >= 5 || torn.has(path) || !isTearable(path)) continue;
        truncateSync(path, 50);
        torn.add(path);
      }
    }, 20);
    onTestFinished(() => clearInterval(tear));
    const end = await expectUndisturbed(run, store);
    expect(torn.size).toBe(5);
    shown('5 torn blobs', end);
  });

  test('though weights that measurements start from are torn after they were accepted', async () => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    const run = startFleetRun(redis.url, store, ['--audit', '0']);
    const blobs = join(store, 'blobs', 'blobs');
    const agent = startAgent(redis.url, ['--name', 'g', ...hastyAgent]);
    await run.printed('"event":"trial"');
    agent.process.kill('SIGSTOP');
    // Whatever is being looked at is looked at to its end.
    await wait(3000);
    const whole = namesIn(blobs).map((name) => join(blobs, name));
    for (const path of whole.filter(isTearable)) truncateSync(path, 50);
    agent.process.kill('SIGCONT');
    const end = await expectUndisturbed(run, store);
    expect(whole.length).toBeGreaterThan(0);
    shown(`all of ${whole.length} blobs torn`, end);
  });

  test('though all results are removed in the middle of a run, and another agent comes after that', async () => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    const run = startFleetRun(redis.url, store);
    const early = startAgent(redis.url, ['--name', 'early', ...hastyAgent]);
    await run.printed('"event":"trial"');
    // At one moment, whoever is just writing there.
    renameSync(join(store, 'blobs'), join(temporaryFolder(), 'removed'));
    early.process.kill('SIGSTOP');
    const late = startAgent(redis.url, ['--name', 'late', ...hastyAgent]);
    await hasJob(late.scratch, () => late.process.exitCode !== null);
    early.process.kill('SIGCONT');
    const end = await expectUndisturbed(run, store);
    expect((await run.ended).stderr).toContain('was emptied: results that are not in the store yet are run again');
    expect((await outputsOf([late]))[0]).toMatch(/ended after [1-9]\d* tasks?\n$/);
    shown('results removed', end);
  });

  test(`though the folder of results is away for ${awayMs / 1000} s`, async () => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    const blobs = join(temporaryFolder(), 'blobs');
    const agents = ['h', 'i'].map((name) => startAgent(redis.url, ['--name', name, ...hastyAgent]));
    const run = startFleetRun(redis.url, store, ['--blobs', blobs]);
    await run.printed('"event":"');
    // In the place of the folder lies a file: whatever is read or written there fails.
    renameSync(blobs, `${blobs}-away`);
    writeFileSync(blobs, '');
    await wait(awayMs);
    rmSync(blobs);
    renameSync(`${blobs}-away`, blobs);
    const end = await expectUndisturbed(run, store);
    expect((await outputsOf(agents)).join('\n')).toMatch(/ENOTDIR|EEXIST/);
    shown(`folder away ${awayMs / 1000} s`, end);
  });

  test('though an agent does not reach the place of a second run: it takes part in the first, and is not counted', async () => {
    const redis = await startRedis();
    const [first, second, place] = ['first', 'second', 'place'].map((name) => join(temporaryFolder(), name));
    const run = startFleetRun(redis.url, first!, ['--blobs', place!, '--audit', '0']);
    // By its own path, wherever a coordinator has the place: that of the second run is not there.
    const far = startAgent(redis.url, ['--name', 'far', '--blobs', place!, ...hastyAgent]);
    await far.printed('waiting for tasks');
    startAgent(redis.url, ['--name', 'near', ...hastyAgent]);
    const other = startDescent([...smokeRunArgs, '--fleet', redis.url, '--store', second!, '--audit', '1']);
    onTestFinished(() => endAll([other]));
    const end = await expectUndisturbed(other, second!, inject('smokeRun').store);
    expect(end.fleet).toMatchObject({ audited: 0, unaudited: end.done });
    expect((await other.ended).stderr).toContain(`far: cannot put results into ${pathToFileURL(second!).href}/blobs`);
    await expectUndisturbed(run, first!);
    const [said] = await outputsOf([far]);
    expect(said!.match(/jobs of this run are left to others/g)).toHaveLength(1);
    expect(said).toMatch(/ended after [1-9]\d* tasks?\n$/);
    shown('one of two agents apart from the second run', end);
  });

  test.skipIf(noSwift)(`though S3 is away for ${awayMs / 1000} s, and uploads are torn`, async () => {
    const redis = await startRedis();
    const proxy = await startProxy(Number(new URL(await startSwift('fleet')).port));
    const blobs = `s3://fleet/results?endpoint=http://127.0.0.1:${proxy.port}`;
    const store = join(temporaryFolder(), 'store');
    const agents = ['l', 'm'].map((name) => startAgent(redis.url, ['--name', name, ...hastyAgent], { env: swiftKeys }));
    const run = startFleetRun(redis.url, store, ['--blobs', blobs], { env: swiftKeys });
    await run.printed('"event":"');
    // No connection outlives some requests, and each ends within one.
    proxy.cutAfter = 20_000;
    proxy.cut();
    await wait(5000);
    proxy.isRefusing = true;
    proxy.cut();
    await wait(awayMs);
    proxy.isRefusing = false;
    const end = await expectUndisturbed(run, store);
    expect((await outputsOf(agents)).join('\n')).toContain('fetch failed');
    shown(`S3 away ${awayMs / 1000} s, uploads torn`, end);
  });
});

const isTearable = (path: string): boolean =>
  !path.endsWith('.partial') && (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 100;

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};
