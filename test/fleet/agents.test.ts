import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { descent } from '../support/descent.js';
import {
  expectUndisturbed,
  hastyAgent,
  type StartedAgent,
  shown,
  startAgent,
  startFleetRun,
} from '../support/fleet.js';
import { hasJob, type LostWork, quantile, spread, watchLostWork, workIn } from '../support/lost-work.js';
import { seededUniform } from '../support/random.js';
import { isFleetLong, noRedis, startRedis } from '../support/redis.js';
import { fleetRunArgs } from '../support/shared-run.js';
import { temporaryFolder } from '../support/store.js';

// Agents that are killed, stopped and cancelled. Each run must end with the hashes of one that nothing disturbed.

/** How many agents are killed; FLEET_KILLS says otherwise. */
const kills = Number(process.env['FLEET_KILLS'] ?? 100);
const killedSideBySide = 3;
/** From one of them to the next about half as much is done: a run of so much for each outlasts the last of them. */
const workPerKillMs = 8000;
const leastSeeds = 120;
const otherClock = new URL('../support/other-clock.mjs', import.meta.url).href;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe.skipIf(noRedis || !isFleetLong)('a run of a fleet ends with the same hashes', () => {
  test(`though ${kills} of its agents are killed`, async () => {
    const seeds = Math.max(leastSeeds, Math.ceil((workPerKillMs * kills * 3) / workIn(inject('fleetRun').store)));
    const sized = ['--seeds', `1..${seeds}`];
    const untouched = join(temporaryFolder(), 'untouched');
    const alone = await descent([...fleetRunArgs, ...sized, '--workers', '2', '--store', untouched]);
    expect(alone.code, alone.stderr).toBe(0);
    const redis = await startRedis();
    const uniform = seededUniform(3);
    const store = join(temporaryFolder(), 'store');
    const lostWork = await watchLostWork(redis.url, join(store, 'blobs'));
    const run = startFleetRun(redis.url, store, [...sized, '--audit', '0']);
    let isOver = false;
    run.ended.then(() => {
      isOver = true;
    });
    // However slow the machine is at starting agents, somebody looks for what the others leave, and does none of it.
    await lostWork.watchLocks(6000);
    let [killed, inHand] = [0, 0];
    // Each of them lives for a while after it has begun a job, is killed, and is followed by another.
    const line = async (name: string): Promise<void> => {
      for (;;) {
        const agent = startAgent(redis.url, ['--name', `${name}-${killed}`, ...hastyAgent]);
        await hasJob(agent.scratch, () => isOver);
        await Promise.race([wait(3000 * uniform()), run.ended]);
        // Who ends five times without having got on is given up, on one host: that is another test.
        while (!isOver && lostWork.isStuck(agent.scratch)) await wait(50);
        if (isOver || killed >= kills) return;
        killed++;
        agent.process.kill('SIGKILL');
        await agent.ended;
        if (lostWork.died(agent.scratch)) inHand++;
      }
    };
    await Promise.all(Array.from({ length: killedSideBySide }, (_, i) => line(`k${i}`)));
    const isOneRun = !isOver;
    const end = await expectUndisturbed(run, store, untouched);
    const { lost, noticed } = lostWork;
    const lostMs = lost.reduce((sum, ms) => sum + ms, 0);
    shown(
      `${end.done} tasks, ${killed} kills, ${inHand} of agents with a job in hand; noticed after ${spread(noticed)}; ` +
        `lost: ${spread(lost)}, ${((100 * lostMs) / (lostMs + workIn(store))).toFixed(1)} % of all work`,
      end,
    );
    expect({ killed, isOneRun }).toEqual({ killed: kills, isOneRun: true });
    expect(inHand).toBeGreaterThan(kills / 4);
    expect(noticed.length).toBeGreaterThan(0);
    // Lock and two looks; a busy machine may be late, half of the time it is not.
    expect(quantile(noticed, 0.5)).toBeLessThan(12_000 + 3000);
    // Not more than since it was sent last, every second.
    expect(quantile(lost, 0.5)).toBeLessThan(1000 + 300 + 3000);
  });

  test('though one is killed, and nothing is set shorter than usual', async () => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    const lostWork = await watchLostWork(redis.url, join(store, 'blobs'));
    const run = startFleetRun(redis.url, store, ['--audit', '0']);
    const agents = ['d', 'e'].map((name) => startAgent(redis.url, ['--name', name]));
    await run.printed('"event":"');
    await Promise.race([killInHand(agents, lostWork), run.ended.then(() => expect.fail('the run ended first'))]);
    const end = await expectUndisturbed(run, store);
    shown(`default lock, noticed after ${spread(lostWork.noticed)}, lost ${spread(lostWork.lost)}`, end);
    expect(lostWork.noticed).toHaveLength(1);
    expect(lostWork.noticed[0]).toBeGreaterThan(60_000);
    expect(lostWork.noticed[0]).toBeLessThan(180_000 + 20_000);
    expect(lostWork.lost[0]).toBeLessThan(300_000);
  });

  test('though an agent is stopped for longer than its lock, and continues', async () => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    const agents = ['s', 't'].map((name) => startAgent(redis.url, ['--name', name, ...hastyAgent]));
    const run = startFleetRun(redis.url, store);
    await run.printed('"event":"');
    agents[0]!.process.kill('SIGSTOP');
    await wait(15_000);
    agents[0]!.process.kill('SIGCONT');
    const end = await expectUndisturbed(run, store);
    shown('SIGSTOP of 15 s', end);
    expect(end.fleet.withdrawn).toBe(0);
  });

  test.each([1, -1])('though the clock of an agent is off by %i h', async (hours) => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    const env = { NODE_OPTIONS: `--import ${otherClock}`, CLOCK_OFF_MS: String(hours * 3_600_000) };
    startAgent(redis.url, ['--name', 'wrong', ...hastyAgent], { env });
    startAgent(redis.url, ['--name', 'right', ...hastyAgent]);
    const end = await expectUndisturbed(startFleetRun(redis.url, store, ['--audit', '1']), store);
    shown(`a clock off by ${hours} h`, end);
    expect(end.fleet).toMatchObject({ audited: end.done, unaudited: 0, withdrawn: 0 });
  });

  test('once it was cancelled, and its agents have stayed', async () => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    const agent = startAgent(redis.url, ['--name', 'calm', ...hastyAgent]);
    const cancelled = startFleetRun(redis.url, store);
    await cancelled.printed('"event":"trial"');
    expect((await descent(['fleet', 'cancel', redis.url])).stdout).toMatch(
      /^\d+ jobs? taken out of the queue; what is being run is stopped\n$/,
    );
    const { code, stdout, stderr } = await cancelled.ended;
    expect(code).toBe(1);
    expect(stderr).toContain('the run was cancelled');
    expect(JSON.parse(stdout.trim().split('\n').at(-1)!).interrupted).toBeGreaterThan(0);
    await expectUndisturbed(startFleetRun(redis.url, store), store);
    expect(agent.process.exitCode).toBe(null);
  });
});

/** Kills the first agent that has something in hand. */
async function killInHand(agents: readonly StartedAgent[], lostWork: LostWork): Promise<void> {
  for (; ; await wait(100)) {
    for (const { process, scratch } of agents) {
      process.kill('SIGSTOP');
      if (lostWork.died(scratch)) return void process.kill('SIGKILL');
      process.kill('SIGCONT');
    }
  }
}
