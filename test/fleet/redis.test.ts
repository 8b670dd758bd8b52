import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { expectUndisturbed, hastyAgent, shown, startAgent, startFleetRun } from '../support/fleet.js';
import { hasJob } from '../support/lost-work.js';
import { isFleetLong, noRedis, startRedis } from '../support/redis.js';
import { temporaryFolder } from '../support/store.js';
import { startProxy, type TcpProxy } from '../support/tcp-proxy.js';

// A queue that is away, empty or hard to reach, and a coordinator that is killed.

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const urlOf = ({ port }: TcpProxy): string => `redis://127.0.0.1:${port}`;

describe.skipIf(noRedis || !isFleetLong)('a run of a fleet ends with the same hashes', () => {
  test.each([10, 60, 200])('though Redis is away for %i s, and has forgotten nothing', async (seconds) => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    for (const name of ['r', 'q']) startAgent(redis.url, ['--name', name, ...hastyAgent]);
    const run = startFleetRun(redis.url, store);
    await run.printed('"event":"');
    redis.pause();
    await wait(seconds * 1000);
    redis.resume();
    shown(`Redis away ${seconds} s`, await expectUndisturbed(run, store));
  });

  test('though Redis dies, and comes back empty', async () => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    for (const name of ['w', 'x']) startAgent(redis.url, ['--name', name, ...hastyAgent]);
    const run = startFleetRun(redis.url, store);
    await run.printed('"event":"');
    await redis.kill();
    await wait(5000);
    await redis.start();
    shown('Redis wiped', await expectUndisturbed(run, store));
  });

  test.each(['is stopped', 'is gone'])(
    'and what is stopped while Redis %s ends, at once at a second signal',
    async (how) => {
      const redis = await startRedis();
      const store = join(temporaryFolder(), 'store');
      const long = ['--set', 'stop.epochs=1000000'];
      const idle = startAgent(redis.url, ['--name', 'idle', ...hastyAgent]);
      const run = startFleetRun(redis.url, store, long);
      const busy = startAgent(redis.url, ['--name', 'busy', ...hastyAgent]);
      const hasty = startAgent(redis.url, ['--name', 'hasty', ...hastyAgent]);
      await Promise.all([busy, hasty].map(({ scratch }) => hasJob(scratch, () => false)));
      if (how === 'is gone') await redis.kill();
      else redis.pause();
      const all = [idle, run, busy, hasty];
      for (const { process } of all) process.kill('SIGINT');
      await hasty.printedError('once more to leave at once');
      const at = performance.now();
      hasty.process.kill('SIGINT');
      expect((await hasty.ended).code).toBe(130);
      expect(performance.now() - at).toBeLessThan(3000);
      const ends = await Promise.all(all.map(({ ended }) => ended));
      expect(ends.map(({ code }) => code)).toEqual([130, 130, 130, 130]);
      const seconds = (performance.now() - at) / 1000;
      console.info(`stopped while Redis ${how}: ended after ${seconds.toFixed(1)} s`);
      expect(seconds).toBeLessThan(25);
    },
  );

  test('though the coordinator is killed: the same command takes over, and agents never notice', async () => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    const agents = ['c', 'd'].map((name) => startAgent(redis.url, ['--name', name, ...hastyAgent]));
    const first = startFleetRun(redis.url, store);
    await first.printed('"event":"trial"');
    first.process.kill('SIGKILL');
    await first.ended;
    await wait(3000);
    const end = await expectUndisturbed(startFleetRun(redis.url, store), store);
    shown('coordinator killed', end);
    expect(end.stored).toBeGreaterThan(0);
    expect(agents.map(({ process }) => process.exitCode)).toEqual([null, null]);
  });

  test('though connections to Redis are slow, cut and partitioned', async () => {
    const redis = await startRedis();
    const [first, second, own] = [
      await startProxy(redis.port),
      await startProxy(redis.port),
      await startProxy(redis.port),
    ];
    const store = join(temporaryFolder(), 'store');
    first.delayMs = 50;
    startAgent(urlOf(first), ['--name', 'slow', ...hastyAgent]);
    startAgent(urlOf(second), ['--name', 'parted', ...hastyAgent]);
    const run = startFleetRun(urlOf(own), store);
    await run.printed('"event":"');
    const cutting = setInterval(() => {
      for (const proxy of [first, own]) proxy.cut();
    }, 4000);
    onTestFinished(() => clearInterval(cutting));
    second.isPartitioned = true;
    await wait(12_000);
    second.isPartitioned = false;
    second.cut();
    shown('delays, cuts and a partition of 12 s', await expectUndisturbed(run, store));
  });
});
