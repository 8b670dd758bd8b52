import { readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { descent, type Started, startDescent } from '../support/descent.js';
import {
  changedDescent,
  endOf,
  hashesOf,
  type RunEnd,
  startAgent,
  startAgentOf,
  workerProgram,
} from '../support/fleet.js';
import { seededUniform } from '../support/random.js';
import { isFleetLong, noRedis, startRedis } from '../support/redis.js';
import { folderOfFile, temporaryFolder } from '../support/store.js';
import { startProxy } from '../support/tcp-proxy.js';

// The faults of docs/fleet.md, provoked for real. Each run must end with the hashes of one that nothing disturbed.

/** How many agents are killed; FLEET_KILLS says otherwise. */
const kills = Number(process.env['FLEET_KILLS'] ?? 100);

/** Trials of some seconds, with measurements of them. */
const work = [
  ...['run', 'function-fit-sinc', '--protocol', 'as-coded', '--preset', 'smoke', '--seeds', '1..3', '--json'],
  ...['--set', `stop.epochs=${process.env['FLEET_EPOCHS'] ?? 6000}`],
];
const often = ['--lock', '6s', '--checkpoint-every', '0.3', '--send-every', '1s'];
const untouched = join(folderOfFile(), 'untouched');
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const fleetRun = (url: string, store: string, ...more: readonly string[]): Started => {
  const run = startDescent([...work, '--fleet', url, '--store', store, ...more]);
  onTestFinished(() => void run.process.kill('SIGKILL'));
  return run;
};

/** The run ended whole, with the right hashes. */
async function expectRight(run: Started, store: string): Promise<RunEnd> {
  const end = await endOf(run);
  expect(end).toMatchObject({ failed: 0, interrupted: 0 });
  expect(hashesOf(store)).toEqual(hashesOf(untouched));
  return end;
}

const shown = (what: string, { durationMs, fleet }: RunEnd): void =>
  console.info(`${what}: ${Math.round(durationMs / 1000)} s, ${JSON.stringify(fleet)}`);

describe.skipIf(noRedis || !isFleetLong)('a run of a fleet ends with the same hashes', () => {
  beforeAll(async () => {
    const { code, stderr } = await descent([...work, '--workers', '2', '--store', untouched]);
    expect(code, stderr).toBe(0);
  });

  test(`though ${kills} agents are killed`, { timeout: 3_600_000 }, async () => {
    const redis = await startRedis();
    const uniform = seededUniform(3);
    let killed = 0;
    const all: string[] = [];
    while (killed < kills) {
      const store = join(temporaryFolder(), 'store');
      const agents = [0, 1, 2].map((i) => startAgent(redis.url, '--name', `k${i}`, ...often));
      const run = fleetRun(redis.url, store, '--audit', '0');
      let isOver = false;
      run.ended.then(() => {
        isOver = true;
      });
      while (!isOver) {
        await wait(1000 + 5000 * uniform());
        if (isOver || killed >= kills) continue;
        const i = Math.floor(3 * uniform());
        agents[i]!.process.kill('SIGKILL');
        killed++;
        agents[i] = startAgent(redis.url, '--name', `k${i}-${killed}`, ...often);
        // One that is killed before its first task proves nothing.
        await Promise.race([agents[i].printed('compute as they must'), run.ended]);
      }
      const { fleet, durationMs } = await expectRight(run, store);
      all.push(`${Math.round(durationMs / 1000)} s, ${fleet.lost} lost, ${fleet.resumed} resumed`);
      for (const agent of agents) agent.process.kill('SIGKILL');
      redis.command('flushall');
    }
    console.info(`${killed} kills: ${all.join('; ')}`);
  });

  test('though an agent is stopped for longer than its lock, and continues', async () => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    const agents = ['s', 't'].map((name) => startAgent(redis.url, '--name', name, ...often));
    const run = fleetRun(redis.url, store);
    await run.printed('"event":"progress"');
    agents[0]!.process.kill('SIGSTOP');
    await wait(15_000);
    agents[0]!.process.kill('SIGCONT');
    shown('SIGSTOP of 15 s', await expectRight(run, store));
  });

  test.each([10, 60])('though Redis is away for %i s, and has forgotten nothing', async (seconds) => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    for (const name of ['r', 'q']) startAgent(redis.url, '--name', name, ...often);
    const run = fleetRun(redis.url, store);
    await run.printed('"event":"progress"');
    redis.pause();
    await wait(seconds * 1000);
    redis.resume();
    shown(`Redis away ${seconds} s`, await expectRight(run, store));
  });

  test('though Redis dies, and comes back empty', async () => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    for (const name of ['w', 'x']) startAgent(redis.url, '--name', name, ...often);
    const run = fleetRun(redis.url, store);
    await run.printed('"event":"progress"');
    await redis.kill();
    await wait(5000);
    await redis.start();
    shown('Redis wiped', await expectRight(run, store));
  });

  test('though the coordinator is killed: the same command takes over, and agents never notice', async () => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    const agents = ['c', 'd'].map((name) => startAgent(redis.url, '--name', name, ...often));
    const first = fleetRun(redis.url, store);
    await first.printed('"event":"trial"');
    first.process.kill('SIGKILL');
    await first.ended;
    await wait(3000);
    shown('coordinator killed', await expectRight(fleetRun(redis.url, store), store));
    expect(agents.map(({ process }) => process.exitCode)).toEqual([null, null]);
  });

  test('though blobs are torn', async () => {
    const redis = await startRedis();
    const folder = temporaryFolder();
    const store = join(folder, 'store');
    const blobs = join(folder, 'blobs');
    for (const name of ['e', 'f']) startAgent(redis.url, '--name', name, ...often);
    const run = fleetRun(redis.url, store, '--blobs', blobs);
    const torn = new Set<string>();
    const tear = setInterval(() => {
      for (const name of namesIn(join(blobs, 'blobs'))) {
        const path = join(blobs, 'blobs', name);
        if (torn.size >= 5 || torn.has(name) || name.endsWith('.partial') || statSync(path).size < 100) continue;
        truncateSync(path, 50);
        torn.add(name);
      }
    }, 20);
    onTestFinished(() => clearInterval(tear));
    const end = await expectRight(run, store);
    expect(torn.size).toBe(5);
    shown('5 torn blobs', end);
  });

  test('though connections to Redis are slow, cut and partitioned', async () => {
    const redis = await startRedis();
    const proxies = await Promise.all([startProxy(redis.port), startProxy(redis.port), startProxy(redis.port)]);
    const [first, second, own] = proxies as [(typeof proxies)[0], (typeof proxies)[0], (typeof proxies)[0]];
    const urlOf = ({ port }: { readonly port: number }): string => `redis://127.0.0.1:${port}`;
    const store = join(temporaryFolder(), 'store');
    first.delayMs = 50;
    startAgent(urlOf(first), '--name', 'slow', ...often);
    startAgent(urlOf(second), '--name', 'parted', ...often);
    const run = fleetRun(urlOf(own), store);
    await run.printed('"event":"progress"');
    const cutting = setInterval(() => {
      for (const proxy of [first, own]) proxy.cut();
    }, 4000);
    onTestFinished(() => clearInterval(cutting));
    second.isPartitioned = true;
    await wait(12_000);
    second.isPartitioned = false;
    second.cut();
    shown('delays, cuts and a partition of 12 s', await expectRight(run, store));
  });

  test('once it was cancelled, and its agents have stayed', async () => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    const agent = startAgent(redis.url, '--name', 'calm', ...often);
    const cancelled = fleetRun(redis.url, store);
    await cancelled.printed('"event":"trial"');
    expect((await descent(['fleet', 'cancel', redis.url])).stdout).toMatch(
      /^\d+ jobs? taken out of the queue; what is being run is stopped\n$/,
    );
    const { code, stdout, stderr } = await cancelled.ended;
    expect(code).toBe(1);
    expect(stderr).toContain('the run was cancelled');
    expect(JSON.parse(stdout.trim().split('\n').at(-1)!).interrupted).toBeGreaterThan(0);
    await expectRight(fleetRun(redis.url, store), store);
    expect(agent.process.exitCode).toBe(null);
  });

  test('and one bit of a kernel that is flipped is found before the first task', async () => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    const flipped = changedDescent(workerProgram, flipKernelBit);
    const broken = startAgentOf(flipped, redis.url, '--name', 'broken', ...often);
    const run = fleetRun(redis.url, store);
    const { code, stderr } = await broken.ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^descent: agent broken: this machine computes wrongly, and is refused: expected the bit test/,
    );
    startAgent(redis.url, '--name', 'sound', ...often);
    await expectRight(run, store);
  });

  test('and an agent that forges results is found: all of its results are taken back, and it is stopped', async () => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    // It passes every test, and trains from another seed than it says.
    const forging = changedDescent(workerProgram, (text) =>
      text.replace(
        'await runTrial(spec, {',
        'await runTrial(spec.seed > 1 ? { ...spec, seed: spec.seed + 1 } : spec, {',
      ),
    );
    const forger = startAgentOf(forging, redis.url, '--name', 'forger', ...often);
    const run = fleetRun(redis.url, store, '--audit', '0.5');
    await run.printed('"event":"progress"');
    startAgent(redis.url, '--name', 'honest', ...often);
    const end = await expectRight(run, store);
    expect(end.fleet.withdrawn).toBeGreaterThan(0);
    const { code, stderr } = await forger.ended;
    expect(code).toBe(2);
    expect(stderr).toContain('agent forger: not believed by this fleet any more: forger computed another result');
    shown('a forger', end);
  });

  test('and a task that ends its worker wherever it runs fails alone, with what needs it', async () => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    const poisoned = changedDescent(workerProgram, (text) =>
      text.replace('await runTrial(spec, {', 'await runTrial(spec.seed === 2 ? process.exit(3) : spec, {'),
    );
    for (const name of ['p', 'o']) startAgentOf(poisoned, redis.url, '--name', name, ...often);
    const run = fleetRun(redis.url, store, '--audit', '0');
    const { code, stdout } = await run.ended;
    expect(code).toBe(1);
    const end: RunEnd = JSON.parse(stdout.trim().split('\n').at(-1)!);
    expect(end).toMatchObject({ done: 12, failed: 6 });
    const right = new Map(hashesOf(untouched));
    for (const [id, hash] of hashesOf(store)) expect(hash).toBe(right.get(id));
  });

  test('and an agent of another version takes nothing, and says why', async () => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    const other = changedDescent('engine/index.js', (text) => text.replace('engineRevision = 1', 'engineRevision = 2'));
    const stranger = startAgentOf(other, redis.url, '--name', 'stranger', ...often);
    const run = fleetRun(redis.url, store);
    await stranger.printed('results of one are not results of the other');
    startAgent(redis.url, '--name', 'own', ...often);
    await expectRight(run, store);
    stranger.process.kill('SIGTERM');
    expect((await stranger.ended).stdout).toContain('agent stranger: ended after 0 tasks');
  });
});

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** Turns a product of four numbers into a sum: the two instructions differ in one bit. */
function flipKernelBit(program: string): string {
  return program.replace(/kernelsBase64 = "([^"]*)"/, (_, base64: string) => {
    const bytes = Buffer.from(base64, 'base64');
    const at = bytes.indexOf(Buffer.from([0xfd, 0xe6, 0x01]));
    bytes[at + 1]! ^= 0x02;
    if (!WebAssembly.validate(bytes)) throw new Error('the changed kernels: expected a module that is valid, got none');
    return `kernelsBase64 = "${bytes.toString('base64')}"`;
  });
}
