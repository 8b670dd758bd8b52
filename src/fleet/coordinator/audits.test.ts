import { expect, test } from 'vitest';
import { sha256Hex } from '../../base/sha256.js';
import { jobId } from '../job.js';
import { createCoordinator } from './coordinator.js';
import type { FleetAction } from './state.js';
import { createTrust, probation, type Trust } from './trust.js';

const id = sha256Hex('task');
const run = jobId({ kind: 'run', task: id, round: 1 });
const audit = jobId({ kind: 'audit', task: id, round: 1 });

/** A coordinator whose one task is done by two agents, the first of whom computed the first of two segments. */
function audited(trust: Partial<Trust> = {}) {
  const banned: string[] = [];
  const coordinator = createCoordinator([{ id, after: [] }], {
    choose: () => ({ segment: 0 }),
    renew: () => {},
    ban: (agent) => void banned.push(agent),
    isBanned: (agent) => banned.includes(agent),
    ...trust,
  });
  coordinator.begin(new Map());
  coordinator.happened({ kind: 'completed', job: run });
  const outcome = { hash: 'result', hands: ['first', 'second'], segments: ['first', 'second'] };
  const actions = coordinator.happened({ kind: 'accepted', job: run, outcome });
  return { coordinator, actions, banned };
}

const kinds = (actions: readonly FleetAction[]): readonly string[] => actions.map(({ kind }) => kind);

test('a segment of a result is run again by an agent that had no part in it', () => {
  const { actions } = audited();
  expect(actions).toContainEqual({ kind: 'enqueue', index: 0, job: audit, not: ['first', 'second'], segment: 0 });
});

test('one that comes to what the result says of its end changes nothing', () => {
  const { coordinator } = audited();
  expect(coordinator.happened({ kind: 'completed', job: audit })).toEqual([
    { kind: 'compare', index: 0, job: audit, segment: 0 },
  ]);
  const outcome = { hash: 'moment', hands: ['third'], claim: 'moment' };
  expect(kinds(coordinator.happened({ kind: 'compared', job: audit, outcome }))).toEqual(['drop']);
  expect(coordinator.openAudits()).toBe(0);
});

test('where it differs the segment is judged, and of two agents the one that computed it answers', () => {
  const { coordinator, banned } = audited();
  coordinator.happened({ kind: 'completed', job: audit });
  const outcome = { hash: 'moment', hands: ['third'], claim: 'another' };
  expect(coordinator.happened({ kind: 'compared', job: audit, outcome })).toContainEqual({
    ...{ kind: 'judge', index: 0, segment: 0 },
  });
  const actions = coordinator.happened({ kind: 'judged', index: 0, hash: 'moment' });
  expect(banned).toEqual(['first']);
  expect(kinds(actions)).toEqual(['ban', 'withdraw', 'enqueue']);
});

test('where the one that checked was wrong it answers, and the result stays', () => {
  const { coordinator, banned } = audited();
  coordinator.happened({ kind: 'completed', job: audit });
  const outcome = { hash: 'moment', hands: ['third'], claim: 'another' };
  coordinator.happened({ kind: 'compared', job: audit, outcome });
  expect(kinds(coordinator.happened({ kind: 'judged', index: 0, hash: 'another' }))).toEqual(['ban']);
  expect(banned).toEqual(['third']);
});

test('where the moment at its end cannot be read it is tried three times, and then said', () => {
  const { coordinator } = audited();
  for (let round = 1; round <= 3; round++) {
    const job = jobId({ kind: 'audit', task: id, round });
    coordinator.happened({ kind: 'completed', job });
    coordinator.happened({ kind: 'compared', job, outcome: { hash: 'moment', hands: ['third'], claim: null } });
  }
  expect(coordinator.openAudits()).toBe(0);
  expect(coordinator.state.unaudited).toBe(1);
});

test('all of the first tasks of an agent are chosen, then a share whole and as much work in segments', () => {
  const trust = createTrust({ share: 0.1, salt: 'salt' });
  const choose = (i: number, segments: readonly string[] = []) =>
    trust.choose(sha256Hex(`${i}`), { hands: ['agent'], segments });
  const first = Array.from({ length: probation }, (_, i) => choose(i));
  expect(first).toEqual(first.map(() => ({})));
  const tasks = 4000;
  const parts = Array.from({ length: 4 }, () => 'agent');
  const chosen = Array.from({ length: tasks }, (_, i) => choose(i + probation, parts));
  const share = (of: (check: (typeof chosen)[0]) => boolean): number => chosen.filter(of).length / tasks;
  expect(share((check) => check !== undefined && check.segment === undefined)).toBeCloseTo(0.1, 1);
  expect(share((check) => check?.segment !== undefined)).toBeCloseTo(0.9 * 0.4, 1);
  for (const part of parts.keys()) {
    expect(share((check) => check?.segment === part)).toBeCloseTo(0.09, 1);
  }
  expect(Array.from({ length: tasks }, (_, i) => choose(i)).filter((check) => check?.segment !== undefined)).toEqual(
    [],
  );
  expect(createTrust({ share: 0, salt: 'salt' }).choose(id, { hands: ['new'] })).toBeUndefined();
});
