import { canonicalJson } from '../../base/canonical-json.js';
import { counted } from '../../base/counted.js';
import { groupBy } from '../../base/group-by.js';
import { sum } from '../../base/sum.js';
import { secondsOfEach } from '../../study/estimate.js';
import type { Experiment } from '../../study/experiment.js';
import { tasksOf } from '../../study/plan.js';
import { type JudgedPart, judgedParts } from '../register/definition.js';
import { timeText } from '../words.js';
import { entryOf, type Family, valuesOf } from './family.js';
import { type TaskTime, taskName } from './task-times.js';

/** Some tasks, and how long they took all together. */
export interface TaskSum {
  readonly tasks: number;
  readonly seconds: number;
}

/** What the values of an experiment's ledgers took to compute: each task once. */
export interface LedgerWork {
  readonly experiment: string;
  /** Those whose time is known. */
  readonly timed: TaskSum;
  /** The others, at their price on a usual machine. */
  readonly priced: TaskSum;
  /** Where the first ran, in words. */
  readonly machines: readonly string[];
}

/** A task of a ledger with its price. */
interface PricedTask {
  readonly id: string;
  readonly experiment: string;
  readonly seconds: number;
}

/**
 * The computing behind the values that count, by experiment; a task that two of them share is one of the first. A row
 * names its tasks in the order of the plan, so that one plan of a part prices all its seeds.
 */
export function ledgerWork(
  experiments: readonly Experiment[],
  family: Family,
  times: readonly TaskTime[],
): readonly LedgerWork[] {
  const known = new Map(times.map((time) => [time.task, time]));
  const tasks = new Map<string, PricedTask>();
  for (const task of judgedParts(experiments).flatMap((part) => tasksOfPart(part, family))) {
    if (!tasks.has(task.id)) tasks.set(task.id, task);
  }
  return [...groupBy([...tasks.values()], ({ experiment }) => experiment)].map(([experiment, own]) =>
    workOf(experiment, own, known),
  );
}

function tasksOfPart(part: JudgedPart, { register, rows }: Family): readonly PricedTask[] {
  const entry = entryOf(register, part);
  const values = entry === undefined ? [] : valuesOf(entry, rows);
  if (values.length === 0) return [];
  const { experiment, protocol, preset } = part;
  const seeds = [values[0]!.seed];
  const planned = tasksOf(experiment, { ...protocol, presets: { study: preset } }, 'study', {
    seeds,
    identify: canonicalJson,
  });
  const prices = secondsOfEach(planned);
  return values.flatMap(({ tasks }) =>
    tasks.map((id, i) => ({ id, experiment: experiment.id, seconds: prices[i] ?? 0 })),
  );
}

function workOf(experiment: string, tasks: readonly PricedTask[], known: ReadonlyMap<string, TaskTime>): LedgerWork {
  const times = tasks.flatMap(({ id }) => known.get(taskName(id)) ?? []);
  const rest = tasks.filter(({ id }) => !known.has(taskName(id)));
  return {
    experiment,
    timed: sumOf(times),
    priced: sumOf(rest),
    machines: [...new Set(times.map(({ machine }) => machine))],
  };
}

const sumOf = (tasks: readonly { readonly seconds: number }[]): TaskSum => ({
  tasks: tasks.length,
  seconds: sum(tasks.map(({ seconds }) => seconds)),
});

/** `8,527 tasks, 31 h of one core: 5 h of 1,082 of them by the clock, on CPU; the others by their price`. */
export function workText(works: readonly Omit<LedgerWork, 'experiment'>[]): string {
  const timed = totalTasks(works.map((work) => work.timed));
  const priced = totalTasks(works.map((work) => work.priced));
  const all = totalTasks([timed, priced]);
  if (all.tasks === 0) return 'nothing yet';
  const where = [...new Set(works.flatMap(({ machines }) => machines))].join(' and on ');
  const clocked = timed.tasks.toLocaleString('en');
  const clock = `${timeText(timed.seconds / 3600)} of ${clocked} of them by the clock, on ${where}`;
  const price = `${timed.tasks > 0 ? 'the others' : 'all of them'} by their price, which is good to a factor of two`;
  const how = [...(timed.tasks > 0 ? [clock] : []), ...(priced.tasks > 0 ? [price] : [])].join('; ');
  return `${counted(all.tasks, 'task')}, ${timeText(all.seconds / 3600)} of one core: ${how}`;
}

/** All of them together. */
export const totalTasks = (sums: readonly TaskSum[]): TaskSum => ({
  tasks: sum(sums.map(({ tasks }) => tasks)),
  seconds: sum(sums.map(({ seconds }) => seconds)),
});
