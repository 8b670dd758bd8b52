import { join, relative } from 'node:path';
import type { RunRecord } from '../../../../lab/record.js';
import { needsOf } from '../../../../tasks/task.js';
import { namesIn } from '../../files.js';
import { storeUser } from '../lock/store-lock.js';
import { partialsIn } from '../partial-task.js';
import { readRun } from '../run-files.js';
import { checkPartial, type PartialCheck } from './check-partial.js';
import { checkTask, type TaskCheck } from './check-task.js';

/** A run of a store, and the file that says what belongs to it. */
export interface StoredRun {
  readonly path: string;
  readonly run: RunRecord;
}

/** All that is in a store, and what is wrong with it. Paths are whole. */
export interface StoreCheck {
  readonly path: string;
  /** Folders of tasks that are whole. */
  readonly sound: readonly TaskCheck[];
  readonly damaged: readonly TaskCheck[];
  readonly runs: readonly StoredRun[];
  readonly damagedRuns: readonly { readonly path: string; readonly problem: string }[];
  /** Tasks that were there once: of runs that were finished, or of finished tasks that started from them. */
  readonly lost: readonly { readonly id: string; readonly by: string }[];
  /** Runs that were not finished. */
  readonly unfinished: readonly { readonly path: string; readonly run: RunRecord; readonly missing: number }[];
  /** Folders of tasks that were not done when their process was killed. */
  readonly leftovers: readonly PartialCheck[];
  /** Who runs tasks in the store meanwhile: what has not come yet is no fault then. */
  readonly user?: string;
}

const kinds = ['trials', 'measurements'] as const;

/** Reads every byte of a store and finds what is damaged, lost and left over. */
export async function checkStore(path: string): Promise<StoreCheck> {
  const user = storeUser(path);
  const tasks: TaskCheck[] = [];
  for (const kind of kinds) {
    const names = namesIn(join(path, kind)).filter((name) => !name.startsWith('.'));
    for (const name of names) tasks.push(await checkTask(join(path, kind, name), kind));
  }
  const sound = tasks.filter(({ problems }) => problems.length === 0);
  const found = checkRuns(join(path, 'runs'));
  const here = new Set(tasks.map(({ id }) => id));
  return {
    path,
    sound,
    damaged: tasks.filter(({ problems }) => problems.length > 0),
    ...found,
    lost: user === undefined ? lostOf(path, sound, found.runs, here) : [],
    unfinished: found.runs
      .map(({ path: file, run }) => ({ path: file, run, missing: idsOf(run).filter((id) => !here.has(id)).length }))
      .filter(({ run, missing }) => missing > 0 && !run.finished && user === undefined),
    leftovers: user === undefined ? kinds.flatMap((kind) => partialsIn(join(path, kind))).map(checkPartial) : [],
    ...(user !== undefined && { user }),
  };
}

function checkRuns(folder: string): Pick<StoreCheck, 'runs' | 'damagedRuns'> {
  const runs: StoredRun[] = [];
  const damagedRuns: { path: string; problem: string }[] = [];
  for (const path of namesIn(folder).map((name) => join(folder, name))) {
    if (!path.endsWith('.json')) continue;
    try {
      runs.push({ path, run: readRun(path) });
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      damagedRuns.push({ path, problem: problem.replace(`${path}: `, '') });
    }
  }
  return { runs, damagedRuns };
}

function lostOf(
  store: string,
  sound: readonly TaskCheck[],
  runs: readonly StoredRun[],
  here: ReadonlySet<string>,
): StoreCheck['lost'] {
  const wanted = [
    ...runs.filter(({ run }) => run.finished).map(({ path, run }) => ({ ids: idsOf(run), by: path })),
    ...sound.map(({ folder, spec }) => ({ ids: spec ? needsOf(spec) : [], by: folder })),
  ];
  const lost = wanted.flatMap(({ ids, by }) =>
    ids.filter((id) => !here.has(id)).map((id) => [id, { id, by: relative(store, by) }] as const),
  );
  return [...new Map(lost.toReversed()).values()].toReversed();
}

/** All ids of a run's tasks. */
export const idsOf = ({ trials, measurements }: RunRecord): readonly string[] =>
  [...trials, ...measurements].map(({ id }) => id);
