import { expect, test } from 'vitest';
import { sha256Hex } from '../base/sha256.js';
import type { JobState } from './coordinator/coordinator.js';
import type { AbleAgent, FleetQueue, ResultDesk } from './fleet-queue.js';
import { parseJobId } from './job.js';
import { type FleetReport, runFleet } from './run-fleet.js';

const gib = 2 ** 30;
const tasks = ['small', 'large'].map((name, index) => ({ id: sha256Hex(name), after: [], rank: index + 1 }));

/** A queue whose first agent runs every task at once; nobody takes a check. */
function queueOf(agents: readonly AbleAgent[]): FleetQueue {
  const jobs = new Map<string, JobState>();
  return {
    async add(added) {
      for (const { job } of added) jobs.set(job, parseJobId(job)?.kind === 'run' ? 'completed' : 'open');
    },
    remove: async (job) => void jobs.delete(job),
    jobs: async () => new Map(jobs),
    failureOf: () => Promise.reject(new Error('nothing fails')),
    agents: async () => agents,
    ban: async () => {},
    banned: async () => [],
    isCancelled: async () => false,
  };
}

/** The second task is large, and all results are the first agent's. */
const desk: ResultDesk = {
  offer: async (index) => ({ spec: {}, needs: [], blobs: '', ...(index === 1 && { memory: 2 * gib }) }),
  has: async () => false,
  accept: async () => ({ hash: 'h', hands: ['first'] }),
  compare: () => Promise.reject(new Error('nothing is compared')),
  judge: () => Promise.reject(new Error('nothing is judged')),
  withdraw: () => {},
};

async function run(
  agents: readonly AbleAgent[],
  stopAfterMs = Number.POSITIVE_INFINITY,
  queue = queueOf(agents),
): Promise<{ readonly notes: readonly string[]; readonly report: FleetReport }> {
  const notes: string[] = [];
  const began = performance.now();
  const { ended } = runFleet(tasks, {
    ...{ queue, desk, audited: 1, salt: 'salt', lookEveryMs: 1 },
    listener: { resume: () => undefined, listen: () => {}, keep: async () => true },
    summaryOf: () => ({ summary: { values: {}, hash: 'h' }, durationMs: 1 }),
    isStopping: () => performance.now() - began > stopAfterMs,
    terminate: new AbortController().signal,
    onNote: (note) => notes.push(note),
  });
  return { report: await ended, notes };
}

const roomy: AbleAgent = { name: 'first', memory: 4 * gib };

test('what one agent alone can check is not waited for, and said', async () => {
  const { report, notes } = await run([roomy]);
  expect(report).toMatchObject({ audited: 0, unaudited: 2 });
  expect(notes).toEqual(['2 results are not checked: no other agent is there that has room for the task']);
});

test('a large task is not waited for whose second agent has no room for it; a small one is', async () => {
  const { report, notes } = await run([roomy, { name: 'second', memory: gib }], 1500);
  expect(report).toMatchObject({ audited: 0, unaudited: 1 });
  expect(notes).toEqual(['1 result is not checked: no other agent is there that has room for the task']);
});

test('both are waited for where the second agent has room', async () => {
  const { report, notes } = await run([roomy, { name: 'second', memory: 2 * gib }], 1500);
  expect({ report, notes }).toEqual({ report: expect.objectContaining({ unaudited: 0 }), notes: [] });
});

test('a run whose queue does not answer any more can be stopped', async () => {
  const queue = queueOf([roomy]);
  const never = <T>(): Promise<T> => new Promise(() => {});
  let looks = 0;
  const silent: FleetQueue = { ...queue, jobs: () => (looks++ === 0 ? queue.jobs() : never()), isCancelled: never };
  const began = performance.now();
  await run([roomy], 500, silent);
  expect(performance.now() - began).toBeLessThan(4000);
});
