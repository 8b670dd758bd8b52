import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../../base/errors.js';
import { makeFolder, removeFolder } from '../files.js';
import { checkTask, proveTask } from './check/check-task.js';
import { partialOf, publish } from './partial-task.js';
import { setAside } from './set-aside.js';
import { markFormat } from './store-format.js';
import { taskFiles } from './task-files.js';

/** The folder of a store in which tasks of a kind lie. */
export type TaskFolder = 'trials' | 'measurements';

/** A task that was run elsewhere, and how its files get here. */
export interface PlacedTask {
  readonly id: string;
  readonly kind: TaskFolder;
  /** Writes its files into an empty folder and has them on the disk. */
  readonly fill: (folder: string) => void | Promise<void>;
  /** Whether its result hash is recomputed here, besides its checksums and its id. */
  readonly prove: boolean;
}

/**
 * Takes a task that was run elsewhere into a store, whole or not at all. What it holds of the same id stays. Only for
 * who holds the store's lock.
 * @throws UserError if it is not what its id, its checksums and its result hash say
 */
export async function placeTask(store: string, { id, kind, fill, prove }: PlacedTask): Promise<void> {
  const folder = join(store, kind, id);
  const partial = partialOf(folder);
  makeFolder(dirname(folder));
  markFormat(store);
  if (existsSync(folder) && !existsSync(join(folder, taskFiles.result))) setAside(store, folder);
  removeFolder(partial);
  makeFolder(partial);
  try {
    await fill(partial);
    await requireSound(partial, id, kind, prove);
  } catch (error) {
    removeFolder(partial);
    throw error;
  }
  await publish(partial, folder);
}

async function requireSound(folder: string, id: string, kind: TaskFolder, prove: boolean): Promise<void> {
  const { problems } = await (prove ? proveTask : checkTask)(folder, kind, id);
  if (problems.length > 0) throw new UserError(`${kind}/${id}: ${problems[0]}`);
}
