import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../src/platform/node/store/store.js';
import { descent, startDescent } from '../support/descent.js';
import { smokeRunArgs } from '../support/shared-run.js';
import { smokeStore } from '../support/smoke-run.js';

const sinc = [...smokeRunArgs, '--store'];

test('two runs on one store: the second is refused, readers are not, and a killed run holds nothing', async () => {
  const store = smokeStore();
  const before = openStore(store).listRuns();
  const endless = startDescent([...sinc, store, '--workers', '1', '--set', 'stop={"epochs":1000000000}']);
  await endless.printed('"event":"progress"');
  // A process that is stopped is alive, and leaves the cores to the others.
  endless.process.kill('SIGSTOP');

  for (const args of [
    [...sinc, store],
    ['doctor', '--repair', '--store', store],
  ]) {
    const { code, stderr } = await descent(args);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(
        `^descent: store ${store}: in use by process ${endless.process.pid} on .* \\(descent run function-fit-sinc .*\\), since .*; wait until it ends, or choose another with --store\n$`,
      ),
    });
  }
  for (const args of [['doctor'], ['query', 'SELECT 1']]) {
    const { stderr } = await descent([...args, '--store', store]);
    expect(stderr).toBe('');
  }
  const [id = ''] = openStore(store).list();
  const measured = await descent(['measure', id, 'gridError', '--points', '100', '--store', store]);
  expect(measured).toMatchObject({ code: 0, stdout: expect.stringContaining('maxError') });
  expect(measured.stderr).toContain('the measurement is not kept: ');

  endless.process.kill('SIGKILL');
  await endless.ended;
  expect(existsSync(join(store, 'lock'))).toBe(true);
  expect((await descent([...sinc, store])).code).toBe(0);
  expect(readdirSync(store).sort()).toEqual(['measurements', 'runs', 'store.json', 'trials']);
  expect(openStore(store).listRuns()).toEqual(expect.arrayContaining([...before]));
});
