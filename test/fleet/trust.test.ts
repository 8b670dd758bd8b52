import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { checkStore } from '../../src/platform/node/store/check/check-store.js';
import {
  changedDescent,
  expectUndisturbed,
  hashesOf,
  hastyAgent,
  type RunEnd,
  shown,
  startAgent,
  startFleetRun,
  workerProgram,
} from '../support/fleet.js';
import { isFleetLong, noRedis, startRedis } from '../support/redis.js';
import { temporaryFolder } from '../support/store.js';

// Machines that compute wrongly, lie, or are of another version; a task that ends whoever runs it.

describe.skipIf(noRedis || !isFleetLong)('a run of a fleet ends with the same hashes', () => {
  test('and one bit of a kernel that is flipped is found before the first task', async () => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    const main = changedDescent(workerProgram, flipKernelBit);
    const broken = startAgent(redis.url, ['--name', 'broken', ...hastyAgent], { main });
    const run = startFleetRun(redis.url, store);
    const { code, stderr } = await broken.ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^descent: agent broken: this machine computes wrongly, and is refused: expected the bit test/,
    );
    startAgent(redis.url, ['--name', 'sound', ...hastyAgent]);
    await expectUndisturbed(run, store);
  });

  test('and an agent that forges results is found: all of its results are taken back, and it is stopped', async () => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    // It passes every test, and trains from another seed than it says.
    const main = changedDescent(workerProgram, (text) =>
      text.replace(
        'await runTrial(spec, {',
        'await runTrial(spec.seed > 1 ? { ...spec, seed: spec.seed + 1 } : spec, {',
      ),
    );
    const forger = startAgent(redis.url, ['--name', 'forger', ...hastyAgent], { main });
    // Both are there before the first task: alone an agent would not be checked.
    const honest = startAgent(redis.url, ['--name', 'honest', ...hastyAgent]);
    await Promise.all([forger.printed('agent forger'), honest.printed('agent honest')]);
    const run = startFleetRun(redis.url, store, ['--audit', '0.5']);
    const end = await expectUndisturbed(run, store);
    expect(end.fleet.withdrawn).toBeGreaterThan(0);
    const { code, stderr } = await forger.ended;
    expect(code).toBe(2);
    expect(stderr).toContain('agent forger: not believed by this fleet any more: forger computed another result');
    shown('a forger', end);
  });

  test('and a task that ends its worker wherever it runs fails alone, with what needs it', async () => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    const main = changedDescent(workerProgram, (text) =>
      text.replace('await runTrial(spec, {', 'await runTrial(spec.seed === 2 ? process.exit(3) : spec, {'),
    );
    for (const name of ['p', 'o']) startAgent(redis.url, ['--name', name, ...hastyAgent], { main });
    const run = startFleetRun(redis.url, store, ['--audit', '0']);
    const { code, stdout } = await run.ended;
    expect(code).toBe(1);
    const end: RunEnd = JSON.parse(stdout.trim().split('\n').at(-1)!);
    expect(end).toMatchObject({ done: 12, failed: 6 });
    const right = new Map(hashesOf(inject('fleetRun').store));
    for (const [id, hash] of hashesOf(store)) expect(hash).toBe(right.get(id));
    const { sound, damaged } = await checkStore(store);
    expect({ sound: sound.length, damaged }).toEqual({ sound: 12, damaged: [] });
  });

  test('and an agent of another version takes nothing, and says why', async () => {
    const redis = await startRedis();
    const store = join(temporaryFolder(), 'store');
    const main = changedDescent('engine/index.js', (text) => text.replace('engineRevision = 1', 'engineRevision = 2'));
    const stranger = startAgent(redis.url, ['--name', 'stranger', ...hastyAgent], { main });
    const run = startFleetRun(redis.url, store);
    await stranger.printed('results of one are not results of the other');
    startAgent(redis.url, ['--name', 'own', ...hastyAgent]);
    await expectUndisturbed(run, store);
    stranger.process.kill('SIGTERM');
    expect((await stranger.ended).stdout).toContain('agent stranger: ended after 0 tasks');
  });
});

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
