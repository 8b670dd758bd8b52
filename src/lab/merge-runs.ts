import { UserError } from '../base/errors.js';
import type { RunRecord, RunTask } from './record.js';

/**
 * Two records of one run (experiment, protocol, preset and changes) as one: the tasks of both, each once. It counts as
 * finished if all of its tasks are there.
 * @throws UserError if they name different tasks for one arm, seed and twin
 */
export function mergedRun(ours: RunRecord, theirs: RunRecord, has: (id: string) => boolean): RunRecord {
  const { finished: _, ...run } = ours;
  const trials = mergedTasks(ours.trials, theirs.trials, nameOf(ours));
  const measurements = mergedTasks(ours.measurements, theirs.measurements, nameOf(ours));
  const isFinished = [...trials, ...measurements].every(({ id }) => has(id));
  return { ...run, trials, measurements, ...(isFinished && { finished: true }) };
}

const nameOf = ({ experiment, protocol, preset, settings }: RunRecord): string =>
  [experiment, protocol, preset, ...settings].join(' ');

/** Whether two records are of one run. */
export const isSameRun = (a: RunRecord, b: RunRecord): boolean => nameOf(a) === nameOf(b);

function mergedTasks(ours: readonly RunTask[], theirs: readonly RunTask[], run: string): readonly RunTask[] {
  const placeOf = ({ arm, seed, twin }: RunTask): string => JSON.stringify([arm, seed, twin ?? 0]);
  const known = new Map(ours.map((task) => [placeOf(task), task]));
  const more = theirs.filter((task) => {
    const own = known.get(placeOf(task));
    if (own !== undefined && own.id !== task.id) {
      throw new UserError(
        `merge: expected one task for ${task.arm}, seed ${task.seed} of ${run}, got ${own.id.slice(0, 12)} and ` +
          `${task.id.slice(0, 12)}: they were run by versions that compute other bits`,
      );
    }
    return own === undefined;
  });
  return [...ours, ...more];
}
