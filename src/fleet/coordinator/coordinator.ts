import { nameOf } from '../hand.js';
import { type JobFailure, parseJobId } from '../job.js';
import * as audits from './audits.js';
import { type Compared, checkOf, type Outcome } from './outcome.js';
import { release, runAgain, tryAgain } from './rounds.js';
import { createState, type FleetAction, type FleetState, findTask, isSettled, openJobs } from './state.js';
import type { Trust } from './trust.js';

/** How a job lies in the queue. */
export type JobState = 'open' | 'completed' | 'failed';

/** What happened in a fleet. */
export type FleetEvent =
  /** A job was run. */
  | { readonly kind: 'completed'; readonly job: string }
  /** It was given up by who ran it. */
  | { readonly kind: 'failed'; readonly job: string; readonly failure: JobFailure }
  /** What came of it is in the store. */
  | { readonly kind: 'accepted'; readonly job: string; readonly outcome: Outcome }
  /** What came of it is not what it should be, or not there. */
  | { readonly kind: 'rejected'; readonly job: string; readonly failure: JobFailure }
  /** What came of it lies elsewhere: it was another run's. */
  | { readonly kind: 'strayed'; readonly job: string }
  /** What came of an audit; undefined where that cannot be read. */
  | { readonly kind: 'compared'; readonly job: string; readonly outcome: Compared | undefined }
  /** The hash of a task that was computed by the coordinator itself; undefined where that failed. */
  | { readonly kind: 'judged'; readonly index: number; readonly hash: string | undefined };

/** Decides what a fleet does next. */
export interface Coordinator {
  readonly state: FleetState;
  /** Whether every task is done or never will be. Audits may be open. */
  isSettled(): boolean;
  /** How many results are being run again elsewhere. */
  openAudits(): number;
  /** Starts, or takes over where another coordinator stopped: with the jobs that the queue holds. */
  begin(queue: ReadonlyMap<string, JobState>): readonly FleetAction[];
  /** Compares with the jobs that the queue holds: enqueues again what it has lost, drops what nobody waits for. */
  look(queue: ReadonlyMap<string, JobState>): readonly FleetAction[];
  happened(event: FleetEvent): readonly FleetAction[];
  /** Leaves audits that none of the agents that are there may take; `ableFor`: those with room for a task. */
  leaveAudits(ableFor: (index: number) => readonly string[]): readonly FleetAction[];
}

/**
 * A coordinator of tasks, in the order of their indices. It knows no clock, no network and no file: it takes what has
 * happened, and returns what is to be done, in this order. Whatever is late, doubled or lost, a task is published once
 * at a time, after all that it needs, and none is forgotten as long as `look` is called now and then.
 */
export function createCoordinator(
  tasks: readonly { readonly id: string; readonly after: readonly number[] }[],
  trust: Trust,
): Coordinator {
  const state = createState(tasks, trust);
  return {
    state,
    isSettled: () => isSettled(state),
    openAudits: () => state.tasks.filter(({ audit }) => audit !== undefined).length,
    begin: (queue) => begin(state, queue),
    look: (queue) => look(state, queue),
    happened: (event) => happened(state, event),
    leaveAudits: (ableFor) => audits.leaveAudits(state, ableFor),
  };
}

function begin(state: FleetState, queue: ReadonlyMap<string, JobState>): readonly FleetAction[] {
  for (const id of queue.keys()) {
    const name = parseJobId(id);
    const task = name?.kind === 'run' ? state.tasks[state.places.get(name.task) ?? -1] : undefined;
    if (name && task) task.round = Math.max(task.round, name.round);
  }
  return state.tasks.flatMap((_, index) => release(state, index));
}

function look(state: FleetState, queue: ReadonlyMap<string, JobState>): readonly FleetAction[] {
  const lost = state.tasks.flatMap(openJobs).filter(({ job }) => !queue.has(job));
  const ended = [...queue].flatMap(([job, is]) =>
    is === 'completed' ? completed(state, job) : dropIfStale(state, job),
  );
  return [...ended, ...lost];
}

function happened(state: FleetState, event: FleetEvent): readonly FleetAction[] {
  switch (event.kind) {
    case 'completed':
      return completed(state, event.job);
    case 'failed':
      return failed(state, event.job, event.failure);
    case 'accepted':
      return accepted(state, event.job, event.outcome);
    case 'rejected':
      return rejected(state, event.job, event.failure);
    case 'strayed':
      return strayed(state, event.job);
    case 'compared': {
      const found = findTask(state, event.job);
      return found ? audits.compared(state, event.job, found, event.outcome) : [];
    }
    case 'judged':
      return audits.judged(state, event.index, event.hash);
  }
}

function completed(state: FleetState, job: string): readonly FleetAction[] {
  const found = findTask(state, job);
  if (found === undefined) return [];
  const { task, index, name } = found;
  if (name.kind === 'audit') {
    if (task.audit?.round !== name.round) return [{ kind: 'drop', job }];
    if (task.audit.at !== 'queued') return [];
    task.audit.at = 'comparing';
    return [{ kind: 'compare', index, job, ...checkOf(task.audit) }];
  }
  if (task.round !== name.round || task.at === 'done' || task.at === 'failed') return [{ kind: 'drop', job }];
  if (task.at !== 'queued') return [];
  task.at = 'accepting';
  return [{ kind: 'accept', index, job }];
}

function failed(state: FleetState, job: string, failure: JobFailure): readonly FleetAction[] {
  const found = findTask(state, job);
  if (found === undefined) return [];
  const { task, index, name } = found;
  const drop: FleetAction = { kind: 'drop', job };
  if (name.kind === 'audit') {
    const isOpen = task.audit?.round === name.round && task.audit.at === 'queued';
    return isOpen ? [drop, ...audits.auditAgain(state, index)] : [drop];
  }
  if (task.round !== name.round || task.at !== 'queued') return [drop];
  return [drop, ...tryAgain(state, index, failure)];
}

function accepted(state: FleetState, job: string, outcome: Outcome): readonly FleetAction[] {
  const { task, index, name } = findTask(state, job)!;
  const drop: FleetAction = { kind: 'drop', job };
  if (task.at !== 'accepting' || task.round !== name.round) {
    return [{ kind: 'withdraw', index, reason: 'what it started from was withdrawn meanwhile' }, drop];
  }
  const banned = outcome.hands.find(state.trust.isBanned);
  if (banned !== undefined) {
    const reason = `${nameOf(banned)} is not believed any more`;
    return [{ kind: 'withdraw', index, reason }, drop, ...runAgain(state, index)];
  }
  task.at = 'done';
  task.outcome = outcome;
  const released = task.waiting.flatMap((other) => release(state, other));
  const check = state.trust.choose(task.id, outcome);
  const audit = check ? audits.startAudit(state, index, check) : [];
  return [{ kind: 'published', index }, drop, ...released, ...audit];
}

function rejected(state: FleetState, job: string, failure: JobFailure): readonly FleetAction[] {
  const { task, index, name } = findTask(state, job)!;
  const drop: FleetAction = { kind: 'drop', job };
  if (task.at !== 'accepting' || task.round !== name.round) return [drop];
  return [drop, ...tryAgain(state, index, failure)];
}

function strayed(state: FleetState, job: string): readonly FleetAction[] {
  const { task, index, name } = findTask(state, job)!;
  return task.at === 'accepting' && task.round === name.round ? runAgain(state, index) : [];
}

/** What nobody waits for any more, as its round or its audit is over. */
function dropIfStale(state: FleetState, job: string): readonly FleetAction[] {
  const found = findTask(state, job);
  if (found === undefined) return [];
  const { task, name } = found;
  const isOpen =
    name.kind === 'run'
      ? task.round === name.round && (task.at === 'queued' || task.at === 'accepting')
      : task.audit?.round === name.round;
  return isOpen ? [] : [{ kind: 'drop', job }];
}
