import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { openStore } from '../../src/platform/node/store/store.js';
import { descent } from '../support/descent.js';
import { descentHere } from '../support/descent-here.js';
import { smokeRunArgs } from '../support/shared-run.js';
import { temporaryFolder } from '../support/store.js';

/** Every result of a store: ids and hashes. */
function hashesOf(path: string) {
  const store = openStore(path);
  return [...store.list(), ...store.listMeasurements()].map((id) => [id, store.readSummary(id).hash]);
}

/** The shared run, cut into two stores by seed. */
async function halves(): Promise<readonly [string, string, string]> {
  const folder = temporaryFolder();
  const both = [1, 2].map((index) => join(folder, `shard-${index}`));
  for (const [i, store] of both.entries()) {
    const { code, stderr } = await descent([
      ...smokeRunArgs,
      ...['--shard', `${i + 1}/2`, '--workers', '2', '--store', store],
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  }
  return [both[0]!, both[1]!, join(folder, 'merged')];
}

test('two shards, merged, hold the results of one run, to the hash; merged again nothing changes; damage and conflicts stop a merge before it writes', async () => {
  const whole = inject('smokeRun').store;
  const [first, second, merged] = await halves();
  expect(
    openStore(first)
      .listRuns()
      .some(({ finished }) => finished),
  ).toBe(false);
  expect(hashesOf(first).length + hashesOf(second).length).toBe(hashesOf(whole).length);
  const { code, stdout } = await descentHere(['merge', first, second, '--store', merged, '--json']);
  expect(code).toBe(0);
  const report = { copied: hashesOf(whole).length, known: 0, runs: 1, finished: 1, unfinished: 0 };
  expect(JSON.parse(stdout)).toEqual({ ...report, store: merged });
  expect(hashesOf(merged)).toEqual(hashesOf(whole));
  expect(openStore(merged).listRuns()).toEqual(openStore(whole).listRuns());
  const again = await descentHere(['merge', first, second, '--store', merged, '--json']);
  expect(JSON.parse(again.stdout)).toMatchObject({ copied: 0, known: report.copied });
  // As a user would go on: nothing is to be run.
  const ran = await descentHere([...smokeRunArgs, '--store', merged]);
  expect(JSON.parse(ran.stdout.trim().split('\n').at(-1)!)).toMatchObject({ done: 0, stored: report.copied });

  const id = readdirSync(join(first, 'trials'))[0]!;
  const weights = join(first, 'trials', id, 'weights.safetensors');
  const bytes = readFileSync(weights);
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(weights, bytes);
  const fresh = join(temporaryFolder(), 'fresh');
  const damaged = await descentHere(['merge', second, first, '--store', fresh]);
  expect(damaged).toMatchObject({ code: 2, stdout: '' });
  expect(damaged.stderr).toBe(
    `descent: ${weights}: expected the bytes that were written, got others; descent doctor --repair --store ${first} mends it\n`,
  );
  expect(existsSync(join(fresh, 'trials'))).toBe(false);
});

test('two results of one task are refused by name, and so are the same store and a folder that is none', async () => {
  const folder = temporaryFolder();
  const [store, other] = [join(folder, 'a'), join(folder, 'b')];
  for (const path of [store, other]) cpSync(inject('smokeRun').store, path, { recursive: true });
  const id = openStore(other).listMeasurements()[0]!;
  const result = join(other, 'measurements', id, 'result.json');
  // A folder of before there were checksums, whose values and hash agree.
  rmSync(join(other, 'measurements', id, 'checksums.txt'));
  const { canonicalJson } = await import('../../src/base/canonical-json.js');
  const { sha256Hex } = await import('../../src/base/sha256.js');
  const made = { values: { forged: 1 }, columns: {} };
  writeFileSync(result, JSON.stringify({ ...made, hash: sha256Hex(canonicalJson(made)) }));
  const conflict = await descentHere(['merge', other, '--store', store]);
  expect(conflict.code).toBe(2);
  expect(conflict.stderr).toMatch(
    new RegExp(`^descent: merge: expected one result of task ${id}, got hash \\w{12} in .*a and \\w{12} in .*b; .*\n$`),
  );
  const same = await descentHere(['merge', store, '--store', store]);
  expect(same.stderr).toBe(`descent: merge ${store}: expected another store, got the same\n`);
  const none = await descentHere(['merge', join(folder, 'none'), '--store', store]);
  expect(none.stderr).toContain('expected a store, got a folder without trials and measurements, or none');
});

test('a shard is refused that is no part', async () => {
  const { code, stderr } = await descentHere(['run', '--shard', '3/2']);
  expect(code).toBe(2);
  expect(stderr).toContain('expected a part of the tasks as 1/4, of at most 10000, got "3/2"');
});
