import { needsOf } from '../tasks/task.js';
import type { TaskReport } from '../tasks/task-event.js';
import type { Task } from './task.js';

/** What is there before a run. */
export interface KnownResults {
  /** The report of a task that needs no run, as its result is known. */
  readonly known: (task: Task) => TaskReport | undefined;
  /** Whether there is a finished trial of this id that is none of the tasks. */
  readonly has: (id: string) => boolean;
}

/**
 * Reports of the tasks that are not to be run: those that are known, and those that lack a trial that nobody is to
 * make.
 */
export function settledReports(
  tasks: readonly Task[],
  { known, has }: KnownResults,
): readonly (TaskReport | undefined)[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const found = new Map<string, TaskReport | undefined>();
  const settle = (task: Task): TaskReport | undefined => {
    if (!found.has(task.id)) found.set(task.id, known(task) ?? lacking(task));
    return found.get(task.id);
  };
  const lacking = ({ id, spec }: Task): TaskReport | undefined => {
    const need = needsOf(spec).find((needed) => {
      const other = byId.get(needed);
      return other ? settle(other)?.state === 'failed' : !has(needed);
    });
    if (need === undefined) return undefined;
    const why = byId.has(need) ? 'which cannot be run' : 'which is neither in the store nor in this run';
    return { id, state: 'failed', reason: `it needs trial ${need.slice(0, 12)}, ${why}` };
  };
  return tasks.map(settle);
}
