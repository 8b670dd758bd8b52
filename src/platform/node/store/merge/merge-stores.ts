import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../../../../base/errors.js';
import { isSameRun, mergedRun } from '../../../../lab/merge-runs.js';
import type { RunRecord } from '../../../../lab/record.js';
import type { Store } from '../../../../lab/store.js';
import { namesIn, syncFile } from '../../files.js';
import { proveTask } from '../check/check-task.js';
import { writeChecksums } from '../checksums.js';
import { storeUser } from '../lock/store-lock.js';
import { partialsIn } from '../partial-task.js';
import { placeTask, type TaskFolder } from '../place-task.js';
import { openStore } from '../store.js';

/** What a merge of stores came to. */
export interface MergeReport {
  /** Tasks that were copied, and those that were there, or in two of the stores. */
  readonly copied: number;
  readonly known: number;
  /** Runs of which the store holds the record now, and those of them whose tasks are all there. */
  readonly runs: number;
  readonly finished: number;
  /** Tasks that other stores hold unfinished: they stay there. */
  readonly unfinished: number;
}

/** A finished task of some store. */
interface FoundTask {
  readonly store: Store;
  readonly kind: TaskFolder;
  readonly id: string;
  readonly sealed: boolean;
}

const kinds = ['trials', 'measurements'] as const;

/**
 * Takes all finished tasks and the records of runs of other stores into one. Every byte of theirs is checked first, by
 * checksum, id and result hash; nothing is written if anything is wrong. Only for who holds the lock of `store`.
 * @throws UserError if one of them is none, in use or damaged, or if two hold different results of one task
 */
export async function mergeStores(store: Store, others: readonly string[]): Promise<MergeReport> {
  const sources = others.map((dir) => openSource(dir, store));
  const found: FoundTask[] = [];
  for (const source of sources) found.push(...(await soundTasks(source)));
  const wanted = uniqueTasks(store, found);
  const ids = new Set(wanted.map(({ id }) => id));
  const has = (id: string): boolean => ids.has(id) || store.has(id);
  const runs = mergedRuns([store, ...sources], has);
  for (const task of wanted) await copyTask(store.path, task);
  for (const run of runs) store.writeRun(run);
  return {
    copied: wanted.length,
    known: found.length - wanted.length,
    runs: runs.length,
    finished: runs.filter(({ finished }) => finished).length,
    unfinished: sources.flatMap(({ path }) => kinds.flatMap((kind) => partialsIn(join(path, kind)))).length,
  };
}

function openSource(dir: string, into: Store): Store {
  const store = openStore(dir);
  if (![...kinds, 'runs'].some((name) => existsSync(join(store.path, name)))) {
    throw new UserError(`merge ${dir}: expected a store, got a folder without ${kinds.join(' and ')}, or none`);
  }
  if (store.path === resolve(into.path)) throw new UserError(`merge ${dir}: expected another store, got the same`);
  const user = storeUser(store.path);
  if (user !== undefined) throw new UserError(`merge ${dir}: expected a store that nobody runs in, got one of ${user}`);
  return store;
}

/** All finished tasks of a store. @throws UserError if one is damaged */
async function soundTasks(store: Store): Promise<readonly FoundTask[]> {
  const tasks: FoundTask[] = [];
  for (const kind of kinds) {
    for (const id of namesIn(join(store.path, kind)).filter((name) => !name.startsWith('.'))) {
      const folder = join(store.path, kind, id);
      const { problems, sealed } = await proveTask(folder, kind);
      if (problems.length > 0) {
        throw new UserError(`${join(folder, problems[0]!)}; descent doctor --repair --store ${store.path} mends it`);
      }
      tasks.push({ store, kind, id, sealed });
    }
  }
  return tasks;
}

/** Those that the store does not hold, each once. @throws UserError if two results of one task differ */
function uniqueTasks(store: Store, found: readonly FoundTask[]): readonly FoundTask[] {
  const first = new Map<string, Store>(found.filter(({ id }) => store.has(id)).map(({ id }) => [id, store]));
  return found.filter(({ store: other, id }) => {
    const known = first.get(id);
    if (known === undefined) first.set(id, other);
    else requireSameResult(id, known, other);
    return known === undefined;
  });
}

function requireSameResult(id: string, ...stores: readonly [Store, Store]): void {
  const [ours, theirs] = stores.map((store) => store.readSummary(id).hash) as [string, string];
  if (ours === theirs) return;
  const [here, there] = stores.map(({ path }, i) => `${[ours, theirs][i]!.slice(0, 12)} in ${path}`);
  throw new UserError(
    `merge: expected one result of task ${id}, got hash ${here} and ${there}; one was computed wrongly: ` +
      'run descent doctor on both machines',
  );
}

/** The records of all runs of the stores, those of the first in front. */
function mergedRuns(stores: readonly Store[], has: (id: string) => boolean): readonly RunRecord[] {
  const merged: RunRecord[] = [];
  for (const run of stores.flatMap((store) => store.listRuns())) {
    const at = merged.findIndex((known) => isSameRun(known, run));
    if (at < 0) merged.push(mergedRun(run, run, has));
    else merged[at] = mergedRun(merged[at]!, run, has);
  }
  return merged;
}

const copyTask = (into: string, { store, kind, id, sealed }: FoundTask): Promise<void> =>
  placeTask(into, {
    id,
    kind,
    prove: false,
    fill(folder) {
      const from = join(store.path, kind, id);
      for (const name of readdirSync(from)) {
        copyFileSync(join(from, name), join(folder, name));
        syncFile(join(folder, name));
      }
      if (!sealed) writeChecksums(folder);
    },
  });
