import { nameOf } from '../hand.js';
import { jobId } from '../job.js';
import { type Check, type Compared, checkOf } from './outcome.js';
import { withdraw } from './rounds.js';
import { type FleetAction, type FleetState, type Found, openJobs } from './state.js';

/** So often an audit is tried before it is left. */
const tries = 3;

/** Has a task that is done run again elsewhere, or one of its segments. */
export function startAudit(state: FleetState, index: number, check: Check, failures = 0): readonly FleetAction[] {
  const task = state.tasks[index]!;
  task.audits++;
  task.audit = { round: task.audits, at: 'queued', failures, ...checkOf(check) };
  return openJobs(task, index);
}

/** Has it run once more, as an audit has failed. */
export function auditAgain(state: FleetState, index: number): readonly FleetAction[] {
  const task = state.tasks[index]!;
  const { failures = 0, ...check } = task.audit ?? {};
  if (failures + 1 < tries) return startAudit(state, index, check, failures + 1);
  delete task.audit;
  state.unaudited++;
  return [];
}

/**
 * What came of an audit; undefined where that cannot be read, or is of other trials than the task has started from.
 * Of an agent that had a part in the result itself, or is not believed, it says nothing.
 */
export function compared(
  state: FleetState,
  job: string,
  { task, index, name }: Found,
  found: Compared | undefined,
): readonly FleetAction[] {
  const { audit, outcome } = task;
  const drop: FleetAction = { kind: 'drop', job };
  if (audit?.at !== 'comparing' || audit.round !== name.round || outcome === undefined) return [drop];
  const isIdle = (agent: string): boolean => state.trust.isBanned(agent) || outcome.hands.includes(agent);
  if (found === undefined || found.hands.some(isIdle))
    return [drop, ...startAudit(state, index, audit, audit.failures)];
  if (found.claim === null) return [drop, ...auditAgain(state, index)];
  if (found.hash === (found.claim ?? outcome.hash)) {
    delete task.audit;
    return [drop];
  }
  audit.at = 'judging';
  audit.outcome = found;
  return [drop, { kind: 'judge', index, ...checkOf(audit) }];
}

/** The hash of a task, or of a segment, that was computed by the coordinator itself; undefined where that failed. */
export function judged(state: FleetState, index: number, hash: string | undefined): readonly FleetAction[] {
  const { audit, outcome } = state.tasks[index]!;
  if (audit?.at !== 'judging' || audit.outcome === undefined || outcome === undefined) return [];
  delete state.tasks[index]!.audit;
  if (hash === undefined) {
    state.unaudited++;
    return [];
  }
  const { hash: found, hands, claim } = audit.outcome;
  // Who computed one segment answers for it alone.
  const answerable = audit.segment === undefined ? outcome.hands : [outcome.segments![audit.segment]!];
  const actions: FleetAction[] = [];
  if (found !== hash) actions.push(...convict(state, hands, index));
  if ((claim ?? outcome.hash) !== hash) {
    actions.push(...convict(state, answerable, index));
    actions.push(
      ...withdraw(state, index, `a result of ${answerable.map(nameOf).join(', ')} is not what the task comes to`),
    );
  }
  return actions;
}

/** Of who alone computed something wrong nothing is believed; of several, one of whom did, all are looked at again. */
function convict(state: FleetState, hands: readonly string[], index: number): readonly FleetAction[] {
  if (hands.length > 1) {
    state.trust.renew(hands);
    return [];
  }
  const agent = hands[0]!;
  state.trust.ban(agent);
  const reason = `${nameOf(agent)} computed another result than others for task ${state.tasks[index]!.id.slice(0, 12)}`;
  const theirs = state.tasks.flatMap(({ outcome }, i) => (outcome?.hands.includes(agent) ? [i] : []));
  return [{ kind: 'ban', agent, reason }, ...theirs.flatMap((i) => withdraw(state, i, reason))];
}

/** Leaves audits that none of the agents that are there may take; `ableFor`: those with room for a task. */
export function leaveAudits(state: FleetState, ableFor: (index: number) => readonly string[]): readonly FleetAction[] {
  return state.tasks.flatMap((task, index): readonly FleetAction[] => {
    const hands = task.outcome?.hands ?? [];
    if (task.audit?.at !== 'queued' || ableFor(index).some((agent) => !hands.includes(agent))) return [];
    const job = jobId({ kind: 'audit', task: task.id, round: task.audit.round });
    delete task.audit;
    state.unaudited++;
    return [{ kind: 'drop', job }];
  });
}
