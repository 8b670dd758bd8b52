import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../../base/errors.js';

/** Writes a file and has it on the disk before it returns. */
export function writeDurably(path: string, content: string | Uint8Array): void {
  const file = openSync(path, 'w');
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Makes a folder and those above it that are missing. Node's own `recursive` never returns where a folder's own file
 * system takes no new ones (`/proc`): it takes each refusal for a missing parent.
 * @throws the system's error if one of them cannot be made
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return;
  if (!existsSync(dirname(path))) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!isFolder(path)) throw error;
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** Writes a file so that a reader sees the old one or the new one, never a part. */
export function replaceFile(path: string, content: string | Uint8Array): void {
  const partial = `${path}.${process.pid}.partial`;
  makeFolder(dirname(path));
  writeDurably(partial, content);
  renameSync(partial, path);
  syncFolder(dirname(path));
}

/** The same for what can be made again: it may be lost, or read as a part, where the machine fails within seconds. */
export function replaceQuickly(path: string, content: string | Uint8Array): void {
  const partial = `${path}.${process.pid}.partial`;
  makeFolder(dirname(path));
  writeFileSync(partial, content);
  renameSync(partial, path);
}

/** Has a folder's list of names on the disk. */
export function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Has a file's bytes on the disk, whoever wrote them. */
export const syncFile: (path: string) => void = syncFolder;

/**
 * Has files, and folders' lists of names, on the disk, all at once and beside the caller: the system makes one of what
 * comes together.
 */
export async function syncAll(paths: readonly string[]): Promise<void> {
  await Promise.all(
    paths.map(async (path) => {
      const file = await open(path, 'r');
      try {
        await file.sync();
      } finally {
        await file.close();
      }
    }),
  );
}

/** Names in a folder, sorted; none if there is no such folder. */
export function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** @throws UserError if the file is missing or is not JSON; it names the file. */
export function readJson(path: string): unknown {
  const text = readBytes(path).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError(`${path}: expected JSON, got ${text.length} characters that are none`);
  }
}

/** @throws UserError if the file cannot be read; it names the file. */
export function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UserError(`${path}: expected a readable file, got ${codeOf(error)}`);
  }
}

/** The system's code of an error (`ENOENT`, `EACCES`), or its message. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.message : String(error);
}

/** Removes a folder and all in it; nothing happens if there is none. */
export function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true });
}
