import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../base/errors.js';
import { codeOf, readBytes, writeDurably } from '../files.js';
import { taskFiles } from './task-files.js';

const chunkBytes = 2 ** 20;
const linePattern = /^(?<sum>[0-9a-f]{64}) {2}(?<name>[^/\\]+)$/;

/** Names of files and their SHA-256, 64 hex digits. */
export type Checksums = ReadonlyMap<string, string>;

/** What `checksums.txt` says of all files of a folder, as `sha256sum` writes and checks it. */
export function checksumsOf(folder: string): string {
  const names = readdirSync(folder).filter((name) => name !== taskFiles.checksums);
  return names
    .sort()
    .map((name) => `${sha256OfFile(join(folder, name))}  ${name}\n`)
    .join('');
}

/** Writes the checksums of a folder: the last file before it is published. */
export const writeChecksums = (folder: string): void =>
  writeDurably(join(folder, taskFiles.checksums), checksumsOf(folder));

/**
 * The checksums of a folder; undefined if it has none, as those that an older version wrote.
 * @throws UserError if the file is damaged; it names file and line
 */
export function readChecksums(folder: string): Checksums | undefined {
  if (!readdirSync(folder).includes(taskFiles.checksums)) return undefined;
  const path = join(folder, taskFiles.checksums);
  return parseChecksums(readBytes(path), path);
}

/** Checksums from the bytes of their file. @throws UserError that starts with `path` if they are damaged */
export function parseChecksums(bytes: Uint8Array, path: string): Checksums {
  const lines = new TextDecoder().decode(bytes).split('\n');
  if (lines.pop() !== '') throw new UserError(`${path}: expected whole lines, got one without an end`);
  return new Map(
    lines.map((line, i) => {
      const { sum, name } = linePattern.exec(line)?.groups ?? {};
      if (sum === undefined || name === undefined) {
        throw new UserError(`${path}: line ${i + 1}: expected a SHA-256, two blanks and a name, got others`);
      }
      return [name, sum];
    }),
  );
}

/**
 * Each file of a folder that is not as its checksum says, in words that begin with its name; files in `required` must
 * be among them.
 */
export function checksumProblems(folder: string, sums: Checksums, required: readonly string[]): readonly string[] {
  const present = readdirSync(folder).filter((name) => name !== taskFiles.checksums);
  return [...new Set([...required, ...sums.keys(), ...present])].sort().flatMap((name) => {
    const problem = problemOf(join(folder, name), sums.get(name));
    return problem === undefined ? [] : `${name}: ${problem}`;
  });
}

/**
 * Makes sure, before some files of a task are used, that they hold what was written. Older folders hold nothing to
 * check by.
 * @throws UserError that names the first that is damaged
 */
export function requireIntact(folder: string, names: readonly string[]): void {
  const sums = readChecksums(folder);
  for (const name of names.filter((each) => sums?.has(each))) {
    const problem = problemOf(join(folder, name), sums?.get(name));
    if (problem)
      throw new UserError(`${join(folder, name)}: ${problem}; descent doctor --repair on its store mends it`);
  }
}

function problemOf(path: string, sum: string | undefined): string | undefined {
  try {
    const found = sha256OfFile(path);
    if (sum === undefined) return `expected a line in ${taskFiles.checksums}, got none`;
    return found === sum ? undefined : 'expected the bytes that were written, got others';
  } catch (error) {
    return `expected a readable file, got ${codeOf(error)}`;
  }
}

/** SHA-256 of a file of any size, as 64 hex digits. */
export function sha256OfFile(path: string): string {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(chunkBytes);
  const file = openSync(path, 'r');
  try {
    for (let count = -1; count !== 0; ) {
      count = readSync(file, chunk);
      hash.update(chunk.subarray(0, count));
    }
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}
