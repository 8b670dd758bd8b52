import { expect, test } from 'vitest';
import { createIdleWatch } from './idle-watch.js';

const gib = 2 ** 30;

/** Looks every ten seconds for as long; returns what was said. */
function watched(seconds: number, view: Parameters<ReturnType<typeof createIdleWatch>>[0]): readonly string[] {
  const said: string[] = [];
  let now = 0;
  const watch = createIdleWatch(
    (note) => said.push(note),
    () => now,
  );
  for (; now <= seconds * 1000; now += 10_000) watch(view);
  return said;
}

const queues = (waiting: number, running: number, of: 'cpu' | 'mem' = 'cpu') => [
  { class: of, waiting, ready: waiting, running },
];

test('jobs that wait beside idle agents for a minute are worth a word, once a minute', () => {
  const view = { queues: queues(3, 1), agents: [{ slots: 4, memory: 0 }], largest: 0 };
  expect(watched(50, view)).toEqual([]);
  expect(watched(70, view)).toEqual([
    '3 jobs wait, and agents are idle (3 free); descent fleet status shows who is there',
  ]);
  expect(watched(130, view)).toHaveLength(2);
});

test('while all are busy, nothing waits or nobody is there, nothing is said', () => {
  const agents = [{ slots: 4, memory: 0 }];
  expect(watched(300, { queues: queues(3, 4), agents, largest: 0 })).toEqual([]);
  expect(watched(300, { queues: queues(0, 1), agents, largest: 0 })).toEqual([]);
  expect(watched(300, { queues: queues(3, 0), agents: [], largest: 0 })).toEqual([]);
  // A check that no agent but another may take.
  const left = [{ class: 'cpu', waiting: 1, ready: 0, running: 0 } as const];
  expect(watched(300, { queues: left, agents, largest: 0 })).toEqual([]);
});

test('a job that no agent has room for is named by its size', () => {
  const agents = [{ slots: 4, memory: 2 * gib }];
  expect(watched(70, { queues: queues(1, 0, 'mem'), agents, largest: 3 * gib })).toEqual([
    '1 job waits for 3.0 GiB of memory, and no agent has as much (most: 2.0 GiB)',
  ]);
  expect(watched(70, { queues: queues(1, 1, 'mem'), agents, largest: gib })).toEqual([]);
});
