import { type JobFailure, type JobName, jobId, parseJobId } from '../job.js';
import { type Check, type Compared, checkOf, type Outcome } from './outcome.js';
import type { Trust } from './trust.js';

/** How far a task is. Its current job is of its `round`; what comes of earlier ones does not count. */
export interface FleetTask {
  readonly id: string;
  /** Positions of the tasks that it waits for, and of those that wait for it. */
  readonly after: readonly number[];
  readonly waiting: readonly number[];
  at: 'waiting' | 'queued' | 'accepting' | 'done' | 'failed';
  round: number;
  failures: JobFailure[];
  /** Of a task that is done. */
  outcome?: Outcome;
  /** How many jobs of audits it has had: each has a number of its own. */
  audits: number;
  /** A second run of it elsewhere, if there is one. */
  audit?: Audit;
}

/** A second run of a task that is done, to compare. */
export interface Audit extends Check {
  readonly round: number;
  at: 'queued' | 'comparing' | 'judging';
  failures: number;
  /** Who ran it, and what came of it there. */
  outcome?: Compared;
}

/** What is to be done next, by who carries out what the coordinator decides. */
export type FleetAction =
  /** Put a job into the queue; of an audit, for others than these. What came of it before is looked for first. */
  | ({
      readonly kind: 'enqueue';
      readonly index: number;
      readonly job: string;
      readonly not?: readonly string[];
    } & Check)
  /** Take a job out of the queue. */
  | { readonly kind: 'drop'; readonly job: string }
  /** Fetch, check and publish what came of a job. */
  | { readonly kind: 'accept'; readonly index: number; readonly job: string }
  /** Fetch what came of an audit. */
  | ({ readonly kind: 'compare'; readonly index: number; readonly job: string } & Check)
  /** Compute a task here, or a segment of it. */
  | ({ readonly kind: 'judge'; readonly index: number } & Check)
  /** It is done, and its result is in the store. */
  | { readonly kind: 'published'; readonly index: number }
  /** Take a result out of the store. */
  | { readonly kind: 'withdraw'; readonly index: number; readonly reason: string }
  | { readonly kind: 'failed'; readonly index: number; readonly reason: string }
  | { readonly kind: 'blocked'; readonly index: number; readonly by: number }
  /** Let an agent have no part in anything any more. */
  | { readonly kind: 'ban'; readonly agent: string; readonly reason: string };

function createTasks(tasks: readonly { readonly id: string; readonly after: readonly number[] }[]): FleetTask[] {
  const waiting = tasks.map((): number[] => []);
  for (const [index, { after }] of tasks.entries()) for (const other of after) waiting[other]!.push(index);
  return tasks.map(({ id, after }, index) => ({
    id,
    after,
    waiting: waiting[index]!,
    at: 'waiting',
    round: 1,
    failures: [],
    audits: 0,
  }));
}

/** All that a coordinator knows; the functions of this folder change it. */
export interface FleetState {
  readonly tasks: readonly FleetTask[];
  /** Positions of tasks by id. */
  readonly places: ReadonlyMap<string, number>;
  readonly trust: Trust;
  /** Results that were to be run again, and were not. */
  unaudited: number;
}

/** A state in which all tasks wait. */
export const createState = (
  tasks: readonly { readonly id: string; readonly after: readonly number[] }[],
  trust: Trust,
): FleetState => ({
  tasks: createTasks(tasks),
  places: new Map(tasks.map(({ id }, index) => [id, index])),
  trust,
  unaudited: 0,
});

/** Whether every task is done or never will be. Audits may be open. */
export const isSettled = ({ tasks }: FleetState): boolean => tasks.every(({ at }) => at === 'done' || at === 'failed');

/** A task by one of its jobs. */
export interface Found {
  readonly task: FleetTask;
  readonly index: number;
  readonly name: JobName;
}

/** Finds the task of a job; undefined if it is none of these tasks'. */
export function findTask({ tasks, places }: FleetState, job: string): Found | undefined {
  const name = parseJobId(job);
  const index = name === undefined ? undefined : places.get(name.task);
  return name && index !== undefined ? { task: tasks[index]!, index, name } : undefined;
}

/** An action that puts a job into the queue. */
export type Enqueue = Extract<FleetAction, { readonly kind: 'enqueue' }>;

/** The jobs that the queue must hold of a task. */
export function openJobs({ id, at, round, audit, outcome }: FleetTask, index: number): readonly Enqueue[] {
  if (at === 'queued') return [{ kind: 'enqueue', index, job: jobId({ kind: 'run', task: id, round }) }];
  if (audit?.at !== 'queued') return [];
  const job = jobId({ kind: 'audit', task: id, round: audit.round });
  return [{ kind: 'enqueue', index, job, not: outcome?.hands ?? [], ...checkOf(audit) }];
}
