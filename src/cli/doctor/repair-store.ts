import { join, relative } from 'node:path';
import type { Store } from '../../lab/store.js';
import { readJson } from '../../platform/node/files.js';
import type { Finding } from '../../platform/node/machine/doctor.js';
import type { StoreCheck } from '../../platform/node/store/check/check-store.js';
import type { TaskCheck } from '../../platform/node/store/check/check-task.js';
import { writeChecksums } from '../../platform/node/store/checksums.js';
import { setAside } from '../../platform/node/store/set-aside.js';
import { taskFiles } from '../../platform/node/store/task-files.js';
import { taskKind } from '../../tasks/task.js';
import { type RunTasksOptions, runAndShow } from '../run/run-and-show.js';
import { runOutput } from '../run/run-output.js';
import { findLostTasks } from './lost-specs.js';

/** Shows one thing that was done, or could not be. */
type Show = (finding: Finding) => void;

/**
 * Puts aside what a check found damaged, runs again what is lost by it, and compares the new hashes with the old ones.
 * Returns the exit code: 0 if the store is whole now. Only for who holds the store's lock.
 */
export async function repairStore(
  store: Store,
  check: StoreCheck,
  options: Omit<RunTasksOptions, 'openOutput'> & { readonly show: Show },
): Promise<number> {
  const { tasks, unknown } = await findLostTasks(check);
  const before = check.damaged.map((task) => ({ ...task, hash: oldHash(task) }));
  putAside(check, options.show);
  store.removeAbandoned();
  for (const { folder } of check.sound.filter(({ sealed }) => !sealed)) writeChecksums(folder);
  const labels = tasks.map(({ id, spec }) => `${taskKind(spec)} ${id.slice(0, 12)}`);
  const openOutput = () => runOutput(tasks, labels, options.json);
  const code = tasks.length > 0 ? await runAndShow(tasks, store, { ...options, openOutput }) : 0;
  const compared = before.filter(({ id }) => store.has(id)).map((task) => compareHash(task, store));
  for (const finding of compared) options.show(finding);
  for (const id of unknown) options.show(fault(unknownText(id, check)));
  for (const { path } of check.damagedRuns) options.show(fault(runText(relative(store.path, path))));
  const isWhole = unknown.length + check.damagedRuns.length === 0 && compared.every(({ state }) => state !== 'fault');
  return code !== 0 ? code : isWhole ? 0 : 1;
}

const fault = (text: string): Finding => ({ what: 'repair', state: 'fault', text });
const done = (text: string): Finding => ({ what: 'repair', state: 'ok', text });

/** Nothing is deleted: whoever wants to can look into what is left. */
function putAside({ path, damaged, leftovers, damagedRuns }: StoreCheck, show: Show): void {
  const partial = leftovers
    .filter(({ problems }) => problems.length > 0)
    .flatMap((each) => (each.resumable ? each.damaged : [each.path]));
  const all = [...damaged.map(({ folder }) => folder), ...partial, ...damagedRuns.map((run) => run.path)];
  for (const each of all) show(done(`${relative(path, each)} is put aside as ${relative(path, setAside(path, each))}`));
}

/** The hash that a damaged task's result names, where that can be read. */
function oldHash({ folder }: TaskCheck): string | undefined {
  try {
    const { hash } = readJson(join(folder, taskFiles.result)) as { readonly hash?: unknown };
    return typeof hash === 'string' ? hash : undefined;
  } catch {
    return undefined;
  }
}

function compareHash({ id, problems, hash }: TaskCheck & { readonly hash: string | undefined }, store: Store): Finding {
  const found = store.readSummary(id).hash;
  const [name, now] = [id.slice(0, 12), `hash ${found.slice(0, 12)}`];
  if (hash === undefined) return done(`${name} is there again, ${now}; the old one cannot be read`);
  if (hash === found) return done(`${name} is there again, ${now} as before`);
  const isDamaged = problems.some((problem) => problem.startsWith(taskFiles.result));
  const text = `${name} is there again, ${now}; the old result says ${hash.slice(0, 12)}`;
  return isDamaged ? done(`${text}, but was damaged`) : fault(`${text}, and was not damaged: one of the two is wrong`);
}

function unknownText(id: string, { lost }: StoreCheck): string {
  const by = lost.find((task) => task.id === id)?.by;
  const name = by === undefined ? id : `${id}, which ${by} names,`;
  const why = 'no spec with this id is left, or other kernels made it';
  return `${name} cannot be run again: ${why}; run its experiment again with descent run`;
}

const runText = (name: string): string =>
  `${name}: its name says which run it was; write it again with descent run EXPERIMENT --protocol PROTOCOL ` +
  '--preset PRESET (what is finished is not run again)';
