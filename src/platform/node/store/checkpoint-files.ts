import { createHash } from 'node:crypto';
import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkpointBytes, readCheckpoint, type SavedCheckpoint } from '../../../lab/checkpoint-bytes.js';
import { readBytes, syncFolder, writeDurably } from '../files.js';

/** A checkpoint's name has the step at which it was taken, and the SHA-256 of its bytes. */
const namePattern = /^checkpoint-(?<step>\d+)-(?<digest>[0-9a-f]{64})$/;
/** Whether a file of this name is a checkpoint. */
export const isCheckpointName = (name: string): boolean => namePattern.test(name);

/** The one before the newest is kept, as long as the newest might be found damaged. */
const kept = 2;

/** Writes a checkpoint into a folder, so that it is there whole or not at all, and removes older ones. */
export function saveCheckpoint(folder: string, saved: SavedCheckpoint): void {
  const bytes = checkpointBytes(saved);
  const partial = join(folder, 'checkpoint.partial');
  writeDurably(partial, bytes);
  renameSync(partial, join(folder, `checkpoint-${saved.checkpoint.train.step}-${sha256(bytes)}`));
  syncFolder(folder);
  for (const { name } of checkpointsIn(folder).slice(kept)) rmSync(join(folder, name));
}

/** Checkpoints by name, the newest first. */
function checkpointsIn(
  folder: string,
): readonly { readonly name: string; readonly digest: string; readonly step: number }[] {
  return readdirSync(folder)
    .flatMap((name) => {
      const { step, digest } = namePattern.exec(name)?.groups ?? {};
      return digest === undefined ? [] : [{ name, digest, step: Number(step) }];
    })
    .sort((a, b) => b.step - a.step);
}

/** The newest checkpoint of a folder, whole or damaged: its file, and the step at which it was taken. */
export function newestCheckpoint(folder: string): { readonly name: string; readonly step: number } | undefined {
  return checkpointsIn(folder)[0];
}

/** Whether a folder has a checkpoint, whole or damaged. */
export function hasCheckpoint(folder: string): boolean {
  return checkpointsIn(folder).length > 0;
}

/** Removes all checkpoints of a folder. */
export function removeCheckpoints(folder: string): void {
  for (const { name } of checkpointsIn(folder)) rmSync(join(folder, name));
}

/** The checkpoints of a folder that are whole, the newest first; one that is damaged is passed over. */
export function* readCheckpoints(folder: string): Generator<SavedCheckpoint> {
  for (const { name, digest } of checkpointsIn(folder)) {
    const path = join(folder, name);
    try {
      const bytes = readBytes(path);
      if (sha256(bytes) === digest) yield readCheckpoint(bytes, path);
    } catch {
      // Of another layout, or not readable: an older one may serve.
    }
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
