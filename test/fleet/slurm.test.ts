import { join } from 'node:path';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { descentPath, startDescent } from '../support/descent.js';
import { descentHere } from '../support/descent-here.js';
import { endOf, hashesOf } from '../support/fleet.js';
import { isFleetLong, noRedis, startRedis } from '../support/redis.js';
import { smokeRunArgs } from '../support/shared-run.js';
import { noSlurm, startSlurm } from '../support/slurm.js';
import { temporaryFolder } from '../support/store.js';

if (isFleetLong && noSlurm) console.warn('left out: a fleet under Slurm; install it (Debian: slurm-wlm munge)');

describe.skipIf(noRedis || noSlurm || !isFleetLong)('a fleet whose agents Slurm starts', () => {
  test('runs what one machine runs, to the hash, by the command that descent fleet slurm prints', async () => {
    const redis = await startRedis();
    const slurm = await startSlurm(3);
    const { stdout } = await descentHere(['fleet', 'slurm', redis.url, '--workers', '3', '--time', '30m']);
    const submit = stdout.replace('exec descent', `exec ${process.execPath} ${descentPath}`).replace('10m', '5s');
    const submitted = slurm.shell(submit);
    expect(submitted, submitted.stderr).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Submitted batch job \d+\n$/),
    });
    const store = join(temporaryFolder(), 'store');
    const run = startDescent([...smokeRunArgs, '--fleet', redis.url, '--store', store, '--audit', '0.2']);
    onTestFinished(() => void run.process.kill('SIGKILL'));
    const { durationMs, fleet } = await endOf(run);
    expect(hashesOf(store)).toEqual(hashesOf(inject('smokeRun').store));
    console.info(`under Slurm: ${Math.round(durationMs / 1000)} s, ${JSON.stringify(fleet)}`);
    // With nothing to do they leave the cluster by themselves.
    while (slurm.shell('squeue -h').stdout !== '') await new Promise((resolve) => setTimeout(resolve, 500));
  });
});
