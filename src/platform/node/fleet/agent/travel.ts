import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../../base/errors.js';
import { type BlobStore, blobNames, getBlob, putBlob } from '../../../../fleet/blobs.js';
import { bytesOf, parseTravelling, type TravellingCheckpoint } from '../../../../fleet/job.js';
import { makeFolder, readBytes, removeFolder, writeDurably } from '../../files.js';
import { newestCheckpoint } from '../../store/checkpoint-files.js';
import { partialOf, rowLog } from '../../store/partial-task.js';
import { taskFiles } from '../../store/task-files.js';

/** What an unfinished job's folder is sent with. */
export interface Traveller {
  readonly job: string;
  /** Its folder when it is finished. */
  readonly folder: string;
  /** Agents that had a part in it so far, this one last. */
  readonly hands: readonly string[];
}

/**
 * Puts the newest checkpoint of an unfinished job, and its rows, where any agent finds them. Returns its step;
 * undefined where there is none.
 */
export async function sendCheckpoint(blobs: BlobStore, { job, folder, hands }: Traveller): Promise<number | undefined> {
  const partial = partialOf(folder);
  const newest = existsSync(partial) ? newestCheckpoint(partial) : undefined;
  if (newest === undefined) return undefined;
  // All read at one moment: the folder changes as the trial gets on.
  const contents = [taskFiles.spec, rowLog, newest.name].map((name) => [name, readBytes(join(partial, name))] as const);
  const files: Record<string, string> = {};
  for (const [name, bytes] of contents) files[name] = await putBlob(blobs, bytes);
  const sent: TravellingCheckpoint = { format: 1, job, step: newest.step, files, hands: [...hands] };
  await blobs.put(blobNames.checkpoint(job), bytesOf(sent));
  return newest.step;
}

/**
 * Fetches the checkpoint of a job, if it is further than what lies here. Returns the agents that had a part in what
 * lies here now. A checkpoint that is damaged is passed over: the job starts anew.
 */
export async function fetchCheckpoint(blobs: BlobStore, job: string, folder: string): Promise<readonly string[]> {
  const bytes = await blobs.get(blobNames.checkpoint(job));
  if (bytes === undefined) return [];
  const partial = partialOf(folder);
  try {
    const { step, files, hands } = parseTravelling(bytes);
    const here = existsSync(partial) ? newestCheckpoint(partial) : undefined;
    if (here !== undefined && here.step >= step) return hands;
    const contents = [];
    for (const [name, sha256] of Object.entries(files)) contents.push([name, await getBlob(blobs, sha256)] as const);
    removeFolder(partial);
    makeFolder(partial);
    for (const [name, content] of contents) writeDurably(join(partial, name), content);
    return hands;
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}
