import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { descent } from '../support/descent.js';
import { temporaryFolder } from '../support/store.js';

test('doctor finds a sound installation sound: kernels, PyTorch start, MNIST, store', async () => {
  const { code, stdout } = await descent(['doctor', '--store', temporaryFolder()]);
  expect(code, stdout).toBe(0);
  expect(stdout).not.toMatch(/^fault/m);
  for (const what of ['node', 'machine', 'kernels', 'training', 'MNIST', 'store'])
    expect(stdout).toMatch(new RegExp(`^ok +${what} `, 'm'));
});

test('doctor names a damaged trial and a wrong data folder, and exits with 1', async () => {
  const store = temporaryFolder();
  const id = 'a'.repeat(64);
  mkdirSync(join(store, 'trials', id), { recursive: true });
  writeFileSync(join(store, 'trials', id, 'result.json'), 'not JSON');
  const { code, stdout } = await descent(['doctor', '--store', store, '--data', store]);
  expect(code).toBe(1);
  expect(stdout).toMatch(new RegExp(`^fault +store .*${id}`, 'm'));
  expect(stdout).toMatch(/^fault +MNIST .*train-images-idx3-ubyte/m);
});
