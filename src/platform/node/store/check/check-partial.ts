import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SavedCheckpoint } from '../../../../lab/checkpoint-bytes.js';
import { readCheckpoints } from '../checkpoint-files.js';
import { sha256OfFile } from '../checksums.js';
import { rowLog } from '../partial-task.js';
import { readRows } from '../row-log.js';

/** How the folder of a task is that was not done when its process was killed. */
export interface PartialCheck {
  readonly path: string;
  /** Whether a run resumes from a checkpoint in it, and does not start anew. */
  readonly resumable: boolean;
  /** Paths of the files that are damaged, and what is wrong with each in words that begin with its name. */
  readonly damaged: readonly string[];
  readonly problems: readonly string[];
}

const checkpointPattern = /^checkpoint-.*(?<digest>[0-9a-f]{64})$/;

/** Reads all checkpoints of an unfinished task, and the rows that belong to them. */
export function checkPartial(path: string): PartialCheck {
  const damaged = readdirSync(path).filter((name) => {
    const digest = checkpointPattern.exec(name)?.groups?.['digest'];
    return digest !== undefined && sha256OfFile(join(path, name)) !== digest;
  });
  const whole = [...readCheckpoints(path)];
  const hasRows = ({ checkpoint: { rows }, rowsDigest }: SavedCheckpoint): boolean =>
    readRows(join(path, rowLog), rows, rowsDigest) !== undefined;
  const resumable = whole.some(hasRows);
  if (whole.length > 0 && !resumable) damaged.push(rowLog);
  const problems = damaged.map((name) => `${name}: expected the bytes that were written, got others`);
  return { path, resumable, damaged: damaged.map((name) => join(path, name)), problems };
}
