import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { descent } from '../support/descent.js';
import { temporaryFolder } from '../support/store.js';

/** Files that a command loads, from the coverage that V8 writes. */
async function modulesOf(args: readonly string[]): Promise<readonly string[]> {
  const folder = temporaryFolder();
  await descent(args, { env: { NODE_V8_COVERAGE: folder } });
  return readdirSync(folder).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { result: readonly { url: string }[] };
    return result.map(({ url }) => url).filter((url) => url.startsWith('file:'));
  });
}

test.each([['--help'], ['list'], ['--version']])('%s loads no package but commander', async (arg) => {
  const packages = (await modulesOf([arg])).map((url) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]);
  expect([...new Set(packages.filter((name) => name !== undefined))]).toEqual(['commander']);
});

test('list names every experiment, its question and its presets', async () => {
  const { code, stdout } = await descent(['list']);
  expect(code).toBe(0);
  for (const text of [
    'function-fit-sinc',
    'function-fit-sign-sin',
    'mnist-depth',
    '?\n',
    'smoke',
    'quick',
    'report',
    'about',
  ]) {
    expect(stdout).toContain(text);
  }
});

test('--version prints the version of the package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect((await descent(['--version'])).stdout).toBe(`${version}\n`);
});

test('--help loads neither the engine nor what is built on it', async () => {
  const rooms = (await modulesOf(['--help'])).map((url) => /\/dist\/(\w+)\//.exec(url)?.[1]);
  expect([...new Set(rooms.filter((room) => room !== undefined))].sort()).toEqual(['base', 'cli', 'platform']);
});
