import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { checkStore } from '../../src/platform/node/store/check/check-store.js';
import { descent, descentPath, type StartOptions, startDescent } from '../support/descent.js';
import { descentHere } from '../support/descent-here.js';
import { endOf, hashesOf, outputsOf, type RunEnd, startAgent } from '../support/fleet.js';
import { isFleetLong, noRedis, startRedis } from '../support/redis.js';
import { noSlurm, startSlurm } from '../support/slurm.js';
import { folderOfFile, temporaryFolder } from '../support/store.js';
import { noSwift, startSwift, swiftKeys } from '../support/swift.js';

// The smallest preset of everything, and a section in full, by every way there is to run them.

if (isFleetLong && noSlurm) console.warn('left out: a fleet under Slurm; install it (Debian: slurm-wlm munge)');
if (isFleetLong && noSwift) {
  console.warn(
    'left out: a fleet over S3; install Swift (Debian: swift-proxy swift-account swift-container swift-object memcached)',
  );
}

const runs: readonly (readonly string[])[] = [
  ['run', 'all', '--preset', 'smoke', '--json'],
  ['run', 'function-fit-sinc', '--protocol', 'as-coded', '--preset', 'report', '--json'],
];
const onePool = join(folderOfFile(), 'one-pool');

/** Runs all of it into one store. */
async function runAll(store: string, args: readonly string[], options: StartOptions = {}): Promise<readonly RunEnd[]> {
  const ends: RunEnd[] = [];
  for (const run of runs) {
    const started = startDescent([...run, ...args, '--store', store], options);
    onTestFinished(() => void started.process.kill('SIGKILL'));
    ends.push(await endOf(started));
  }
  return ends;
}

async function expectSame(store: string): Promise<void> {
  const expected = hashesOf(onePool);
  expect(hashesOf(store)).toEqual(expected);
  const { sound, damaged, lost } = await checkStore(store);
  expect({ sound: sound.length, damaged, lost }).toEqual({ sound: expected.length, damaged: [], lost: [] });
}

const shown = (what: string, ends: readonly RunEnd[]): void =>
  console.info(
    `${what}: ${ends.map(({ durationMs, done, fleet }) => `${done} tasks, ${Math.round(durationMs / 1000)} s, ${JSON.stringify(fleet)}`).join('; ')}`,
  );

describe.skipIf(noRedis || !isFleetLong)('has the hashes of one pool of workers', () => {
  beforeAll(async () => {
    for (const run of runs) {
      const { code, stderr } = await descent([...run, '--workers', '2', '--store', onePool]);
      expect(code, stderr).toBe(0);
    }
    console.info(`${hashesOf(onePool).length} results`);
  });

  test('what two shards come to that are merged', async () => {
    const folder = temporaryFolder();
    const parts = [1, 2].map((part) => join(folder, `part-${part}`));
    for (const [i, part] of parts.entries()) await runAll(part, ['--workers', '2', '--shard', `${i + 1}/2`]);
    for (const part of parts) expect(hashesOf(part).length).toBeGreaterThan(0);
    const merged = join(folder, 'merged');
    const { code, stderr } = await descent(['merge', ...parts, '--store', merged]);
    expect(code, stderr).toBe(0);
    await expectSame(merged);
  });

  test('what three agents come to over a folder', async () => {
    const redis = await startRedis();
    const agents = ['one', 'two', 'three'].map((name) => startAgent(redis.url, ['--name', name]));
    const store = join(temporaryFolder(), 'store');
    shown('over a folder', await runAll(store, ['--fleet', redis.url]));
    await expectSame(store);
    for (const output of await outputsOf(agents)) expect(output).toMatch(/ended after [1-9]\d* tasks?\n$/);
  });

  test.skipIf(noSwift)('what three agents come to over S3, by OpenStack Swift', async () => {
    const redis = await startRedis();
    const blobs = `s3://fleet/results?endpoint=${await startSwift('fleet')}`;
    const options = { env: swiftKeys };
    const agents = ['one', 'two', 'three'].map((name) => startAgent(redis.url, ['--name', name], options));
    const store = join(temporaryFolder(), 'store');
    shown('over Swift', await runAll(store, ['--fleet', redis.url, '--blobs', blobs], options));
    await expectSame(store);
    for (const output of await outputsOf(agents)) expect(output).toMatch(/ended after [1-9]\d* tasks?\n$/);
  });

  test.skipIf(noSlurm)(
    'what agents come to that Slurm starts, by the command that descent fleet slurm prints',
    async () => {
      const redis = await startRedis();
      // The third agent waits until one of the others has ended.
      const slurm = await startSlurm(2);
      const { stdout } = await descentHere(['fleet', 'slurm', redis.url, '--workers', '3', '--time', '60m']);
      const submit = stdout.replace('exec descent', `exec ${process.execPath} ${descentPath}`);
      const submitted = slurm.shell(submit);
      expect(submitted, submitted.stderr).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^Submitted batch job \d+\n$/),
      });
      const store = join(temporaryFolder(), 'store');
      const ends = await runAll(store, ['--fleet', redis.url]);
      shown('under Slurm', ends);
      await expectSame(store);
      // Agents of Slurm run side by side, and check each other.
      for (const { fleet } of ends) expect(fleet.audited).toBeGreaterThan(0);
      expect(slurm.shell('squeue -h -t PENDING').stdout).not.toBe('');
      expect((await descentHere(['fleet', 'drain', redis.url])).code).toBe(0);
      while (slurm.shell('squeue -h').stdout !== '') await new Promise((resolve) => setTimeout(resolve, 500));
      // It was submitted before all were drained, and took nothing.
      const outputs = slurm
        .shell('cat descent-*-*.out')
        .stdout.match(/ended after .*/g)
        ?.sort();
      expect(outputs).toEqual([
        'ended after 0 tasks',
        expect.stringMatching(/after [1-9]\d* tasks?$/),
        expect.stringMatching(/after [1-9]\d* tasks?$/),
      ]);
      expect(slurm.shell('grep -c "drained before it took a task" descent-*-3.out').stdout).toBe('1\n');
      expect(slurm.shell('scontrol -o show job | grep -c "JobState=COMPLETED .*ExitCode=0:0"').stdout).toBe('3\n');
    },
  );
});
