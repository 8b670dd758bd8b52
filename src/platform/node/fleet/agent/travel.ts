import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../../base/errors.js';
import { type BlobStore, blobNames, getBlob, putBlob } from '../../../../fleet/blobs.js';
import { bytesOf, type KeptMoment, parseTravelling } from '../../../../fleet/job.js';
import { makeFolder, readBytes, removeFolder, writeDurably } from '../../files.js';
import { newestCheckpoint } from '../../store/checkpoint-files.js';
import { partialOf, rowLog } from '../../store/partial-task.js';
import { taskFiles } from '../../store/task-files.js';
import { areSigned, type Signer, signMoment } from '../signatures.js';

/** An unfinished job whose moments are kept where any agent finds them. */
export interface Traveller {
  readonly job: string;
  /** Its folder when it is finished. */
  readonly folder: string;
  /** Who runs it now. */
  readonly signer: Signer;
  /** What is kept so far, the earliest first. */
  kept: readonly KeptMoment[];
}

/**
 * Puts the newest checkpoint of an unfinished job, and its rows, where any agent finds them, each once. Returns its
 * step; undefined where there is none.
 */
export async function sendCheckpoint(blobs: BlobStore, traveller: Traveller): Promise<number | undefined> {
  const { job, folder, signer, kept } = traveller;
  const partial = partialOf(folder);
  const newest = existsSync(partial) ? newestCheckpoint(partial) : undefined;
  if (newest === undefined || newest.step <= (kept.at(-1)?.step ?? -1)) return newest?.step;
  // All read at one moment: the folder changes as the trial gets on.
  const contents = [taskFiles.spec, rowLog, newest.name].map((name) => [name, readBytes(join(partial, name))] as const);
  const put = contents.map(async ([name, bytes]) => [name, await putBlob(blobs, bytes)] as const);
  const files = Object.fromEntries(await Promise.all(put));
  const all = [...kept, signMoment(signer, job, { step: newest.step, files, by: signer.hand })];
  await blobs.put(blobNames.checkpoint(job), bytesOf({ format: 1, job, kept: all }));
  traveller.kept = all;
  return newest.step;
}

/**
 * Fetches the last moment that was kept of a job, if it is further than what lies here. Returns the moments that what
 * lies here comes from. One that is damaged, or not signed, is passed over: the job starts anew.
 */
export async function fetchCheckpoint(blobs: BlobStore, job: string, folder: string): Promise<readonly KeptMoment[]> {
  const bytes = await blobs.get(blobNames.checkpoint(job));
  if (bytes === undefined) return [];
  const partial = partialOf(folder);
  try {
    const { kept } = parseTravelling(bytes);
    if (!areSigned(job, kept)) return [];
    const last = kept.at(-1)!;
    const here = existsSync(partial) ? newestCheckpoint(partial) : undefined;
    if (here === undefined || here.step < last.step) await placeMoment(blobs, last, folder);
    return kept;
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

/** Has a task of this folder begin at a moment. @throws UserError if a blob of it is missing or damaged */
export async function placeMoment(blobs: BlobStore, { files }: KeptMoment, folder: string): Promise<void> {
  const partial = partialOf(folder);
  const fetch = async ([name, sha256]: readonly [string, string]) => [name, await getBlob(blobs, sha256)] as const;
  const contents = await Promise.all(Object.entries(files).map(fetch));
  removeFolder(partial);
  makeFolder(partial);
  for (const [name, content] of contents) writeDurably(join(partial, name), content);
}
