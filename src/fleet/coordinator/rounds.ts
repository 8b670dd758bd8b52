import { type JobFailure, jobId } from '../job.js';
import { isHopeless } from '../patience.js';
import { type FleetAction, type FleetState, openJobs } from './state.js';

/** Enqueues a task if all that it needs is done. */
export function release({ tasks }: FleetState, index: number): readonly FleetAction[] {
  const task = tasks[index]!;
  if (task.at !== 'waiting' || !task.after.every((other) => tasks[other]!.at === 'done')) return [];
  task.at = 'queued';
  return openJobs(task, index);
}

/** Another round of a task: what comes of earlier jobs does not count any more. */
export function runAgain(state: FleetState, index: number): readonly FleetAction[] {
  const task = state.tasks[index]!;
  task.round++;
  task.at = 'waiting';
  return release(state, index);
}

/** Another round of a task that has failed, unless there is no hope. */
export function tryAgain(state: FleetState, index: number, failure: JobFailure): readonly FleetAction[] {
  const task = state.tasks[index]!;
  task.failures.push(failure);
  const hosts = task.failures.map(({ host }) => host);
  if (!isHopeless(task.failures.length, hosts)) return runAgain(state, index);
  task.at = 'failed';
  return [{ kind: 'failed', index, reason: failure.reason }, ...block(state, index)];
}

function block(state: FleetState, by: number): readonly FleetAction[] {
  return state.tasks[by]!.waiting.flatMap((index): readonly FleetAction[] => {
    const task = state.tasks[index]!;
    if (task.at === 'failed' || task.at === 'done') return [];
    task.at = 'failed';
    return [{ kind: 'blocked', index, by }, ...block(state, index)];
  });
}

/** Takes back a task that is done, and all that started from it; each is run once more. */
export function withdraw(state: FleetState, index: number, reason: string): readonly FleetAction[] {
  const task = state.tasks[index]!;
  if (task.at !== 'done') return [];
  const { audit } = task;
  task.at = 'waiting';
  delete task.outcome;
  delete task.audit;
  const drop: readonly FleetAction[] =
    audit?.at === 'queued' ? [{ kind: 'drop', job: jobId({ kind: 'audit', task: task.id, round: audit.round }) }] : [];
  const below = task.waiting.flatMap((other) => takeBack(state, other, reason));
  return [{ kind: 'withdraw', index, reason }, ...drop, ...below, ...runAgain(state, index)];
}

function takeBack(state: FleetState, index: number, reason: string): readonly FleetAction[] {
  const task = state.tasks[index]!;
  if (task.at === 'done') return withdraw(state, index, reason);
  if (task.at !== 'queued' && task.at !== 'accepting') return [];
  const job = jobId({ kind: 'run', task: task.id, round: task.round });
  return [{ kind: 'drop', job }, ...runAgain(state, index)];
}
