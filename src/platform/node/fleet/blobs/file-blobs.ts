import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../../../base/errors.js';
import { type BlobStore, isBlobName } from '../../../../fleet/blobs.js';
import { codeOf, makeFolder } from '../../files.js';

/**
 * Blobs as files of a folder that all machines see. Each is written beside its place, brought to the disk and renamed,
 * so that nobody ever reads a part.
 * @throws UserError if the URL is none of a folder of this machine
 */
export function fileBlobs(url: string): BlobStore {
  const folder = folderOf(url);
  const pathOf = (name: string): string => {
    if (!isBlobName(name)) throw new UserError(`blob: expected a name of a blob, got ${JSON.stringify(name)}`);
    return join(folder, name);
  };
  return {
    url,
    has: async (name) => (await stat(pathOf(name)).catch(unlessMissing)) !== undefined,
    get: async (name) => readFile(pathOf(name)).catch(unlessMissing),
    put: async (name, bytes) => writeWhole(pathOf(name), bytes),
  };
}

function folderOf(url: string): string {
  try {
    return fileURLToPath(url);
  } catch {
    throw new UserError(`blobs: expected a folder as file:///shared/blobs, got ${JSON.stringify(url)}`);
  }
}

function unlessMissing(error: unknown): undefined {
  if (codeOf(error) === 'ENOENT') return undefined;
  throw error;
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const partial = `${path}.${randomBytes(6).toString('hex')}.partial`;
  try {
    const file = await openNew(partial);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** Its folder is mostly there. */
async function openNew(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'w');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    makeFolder(dirname(path));
    return open(path, 'w');
  }
}
