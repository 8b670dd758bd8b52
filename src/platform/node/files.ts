import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
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

/** Writes a file so that a reader sees the old one or the new one, never a part. */
export function replaceFile(path: string, content: string | Uint8Array): void {
  const partial = `${path}.${process.pid}.partial`;
  mkdirSync(dirname(path), { recursive: true });
  writeDurably(partial, content);
  renameSync(partial, path);
  syncFolder(dirname(path));
}

/** The same for what can be made again: it may be lost, or read as a part, where the machine fails within seconds. */
export function replaceQuickly(path: string, content: string | Uint8Array): void {
  const partial = `${path}.${process.pid}.partial`;
  mkdirSync(dirname(path), { recursive: true });
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
