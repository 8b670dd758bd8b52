import { chmodSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { turbo } from '../support/native.js';
import { temporaryFolder } from '../support/store.js';

test('without a compiler turbo ends with one line and leaves nothing behind', () => {
  const out = join(temporaryFolder(), 'native');
  const { status, stdout, stderr } = turbo(out, { env: { CC: '/no/such/compiler' } });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^turbo: expected a C compiler, got ENOENT for \/no\/such\/compiler; .*\n$/);
  expect(existsSync(out)).toBe(false);
});

test('where native kernels are only wished for, a machine without a compiler goes on with one line', () => {
  const out = join(temporaryFolder(), 'native');
  const { status, stdout, stderr } = turbo(out, { args: ['--if-possible'], env: { CC: '/no/such/compiler' } });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^turbo: left out; expected a C compiler, got ENOENT for \/no\/such\/compiler; .*\n$/);
  expect(existsSync(out)).toBe(false);
});

test('a compiler that is too old is named, with what is expected', () => {
  const folder = temporaryFolder();
  const compiler = join(folder, 'old-cc');
  writeFileSync(compiler, '#!/bin/sh\necho "#define __GNUC__ 7"\n');
  chmodSync(compiler, 0o755);
  const { status, stdout, stderr } = turbo(join(folder, 'native'), { env: { CC: compiler } });
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: '',
    stderr: 'turbo: expected gcc 9 or later, got gcc 7\n',
  });
  expect(readdirSync(folder)).toEqual(['old-cc']);
});

test('a width that the machine has not is refused, with those that it has', () => {
  const folder = temporaryFolder();
  const compiler = join(folder, 'cc');
  writeFileSync(compiler, '#!/bin/sh\nprintf "#define __GNUC__ 12\\n#define __AVX2__ 1\\n"\n');
  chmodSync(compiler, 0o755);
  const { status, stderr } = turbo(join(folder, 'native'), { args: ['--width', '512'], env: { CC: compiler } });
  expect({ status, stderr }).toEqual({ status: 1, stderr: 'turbo: --width: expected 256 or 128 here, got 512\n' });
});
