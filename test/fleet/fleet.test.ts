import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { startDescent } from '../support/descent.js';
import { descentHere } from '../support/descent-here.js';
import { expectUndisturbed, startAgent } from '../support/fleet.js';
import { freePort, noRedis, startRedis } from '../support/redis.js';
import { smokeRunArgs } from '../support/shared-run.js';
import { temporaryFolder } from '../support/store.js';

describe.skipIf(noRedis)('a fleet of two agents', () => {
  test('runs what one machine runs, to the hash; one that is killed loses nothing; status shows them, drained they leave', async () => {
    const redis = await startRedis();
    const launched = Math.floor(Date.now() / 1000);
    const store = join(temporaryFolder(), 'store');
    const agents = ['a', 'b'].map((name) => startAgent(redis.url, ['--name', name, '--lock', '2s']));
    // Checks, for which the end of a run waits, are in the long forms.
    const run = startDescent([...smokeRunArgs, '--fleet', redis.url, '--store', store, '--audit', '0']);
    await run.printed('"event":"trial"');
    agents[0]!.process.kill('SIGKILL');
    await expectUndisturbed(run, store, inject('smokeRun').store);
    const status = async () => JSON.parse((await descentHere(['fleet', 'status', redis.url, '--json'])).stdout);
    const elsewhere = await descentHere(['fleet', 'status', `${redis.url}/99`]);
    expect(elsewhere).toMatchObject({ code: 2, stderr: expect.stringContaining('DB index is out of range\n') });
    // What an agent shows of itself is as old as its last sign of life.
    await expect.poll(status, { timeout: 10_000 }).toMatchObject({
      coordinators: [],
      agents: expect.arrayContaining([expect.objectContaining({ name: 'b', state: 'works', running: [] })]),
      queues: ['cpu', 'mem'].map((of) => ({ class: of, waiting: 0, running: 0 })),
    });
    expect((await descentHere(['fleet', 'drain', redis.url])).stdout).toBe(
      'all agents: no further task, then the end\n',
    );
    const { code, stdout } = await agents[1]!.ended;
    expect({ code, stdout: stdout.split('\n').at(-2) }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^agent b: ended after \d+ tasks?$/),
    });
    // One that waited elsewhere for a machine is drained too.
    const late = await startAgent(redis.url, ['--name', 'c', '--launched', String(launched)]).ended;
    expect(late).toMatchObject({
      code: 0,
      stdout: 'agent c: drained before it took a task\nagent c: ended after 0 tasks\n',
    });
  });
});

test('a fleet that is none, or does not answer, is one line', async () => {
  const refused = async (...args: readonly string[]) => {
    const { code, stderr } = await descentHere(args);
    expect(code).toBe(2);
    return stderr;
  };
  expect(await refused('work', 'http://example.org')).toBe(
    'descent: fleet: expected redis://host:6379 or rediss://host:6379, got another URL\n',
  );
  expect(await refused('work', 'redis://host/abc')).toBe(
    'descent: fleet: expected the number of a database behind the host, got "/abc"\n',
  );
  expect(await refused('work', 'redis://host?projekt=x')).toBe(
    'descent: fleet: expected ?project=NAME alone, got "projekt"\n',
  );
  expect(await refused('run', '--blobs', 'x')).toBe('descent: --blobs: expected --fleet beside it, got none\n');
  const url = `redis://someone:secret@127.0.0.1:${await freePort()}`;
  const silent = await refused('fleet', 'status', url);
  expect(silent).toMatch(/^descent: fleet redis:\/\/someone@127.0.0.1:\d+: expected a Redis that answers, got: .*\n$/);
  expect(silent).not.toContain('secret');
});

test('slurm and kubernetes print what starts agents', async () => {
  const slurm = await descentHere(['fleet', 'slurm', 'redis://head:6379', '--workers', '8', '--time', '4h']);
  expect(slurm.stdout).toBe(
    'sbatch --job-name=descent --array=1-8 --cpus-per-task=1 --time=240 --requeue \\\n' +
      "  --signal=B:TERM@90 --output=descent-%A-%a.out --wrap 'exec descent work redis://head:6379 --workers 1 --for 230m " +
      `--idle-exit 10m --launched '"$(date +%s)"\n`,
  );
  const { stdout } = await descentHere(['fleet', 'kubernetes', 'redis://redis:6379', '--workers', '3']);
  expect(stdout).toContain('  parallelism: 3\n  podReplacementPolicy: Failed\n');
  expect(stdout).toContain('command: [descent, work, "redis://redis:6379", --workers, "1", --idle-exit, 10m]');
});
