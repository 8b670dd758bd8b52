import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../base/errors.js';
import { type BlobStore, getBlob, putBlob } from '../../../fleet/blobs.js';
import { readBytes } from '../files.js';
import { parseChecksums, readChecksums } from '../store/checksums.js';
import { taskFiles } from '../store/task-files.js';

const fileNames: readonly string[] = Object.values(taskFiles);

/**
 * Puts all files of a finished task's folder beside each other as blobs. Returns the blob that lists them, its
 * `checksums.txt`; `again` even those that seem to be there.
 * @throws UserError if the folder has no checksums
 */
export async function putTask(blobs: BlobStore, folder: string, again = false): Promise<string> {
  const sums = readChecksums(folder);
  if (sums === undefined) {
    throw new UserError(`${folder}: expected checksums, got none; descent doctor --repair on its store adds them`);
  }
  // Side by side: each of them waits for a disk or a server, which takes several as fast as one.
  const put = [taskFiles.checksums, ...sums.keys()].map((name) => putBlob(blobs, readBytes(join(folder, name)), again));
  return (await Promise.all(put))[0]!;
}

/**
 * Writes files of a task into a folder, as its list names them, and the list; `isWanted` chooses among them. Returns
 * their paths: they are not on the disk yet.
 * @throws UserError if a blob is missing or damaged, or the list names what no task has
 */
export async function getTask(
  blobs: BlobStore,
  checksums: string,
  folder: string,
  isWanted: (name: string) => boolean = () => true,
): Promise<readonly string[]> {
  const list = await getBlob(blobs, checksums);
  const sums = parseChecksums(list, `blob ${checksums.slice(0, 12)}`);
  const odd = [...sums.keys()].find((name) => !fileNames.includes(name) || name === taskFiles.checksums);
  if (odd !== undefined) {
    throw new UserError(`blob ${checksums.slice(0, 12)}: expected files of a task, got ${JSON.stringify(odd)}`);
  }
  const fetch = async ([name, sum]: readonly [string, string]) => [name, await getBlob(blobs, sum)] as const;
  const files = await Promise.all([...sums].filter(([name]) => isWanted(name)).map(fetch));
  return [...files, [taskFiles.checksums, list] as const].map(([name, content]) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  });
}
