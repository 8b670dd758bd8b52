import { expect, test } from 'vitest';
import { sha256Hex } from '../base/sha256.js';
import type { JobState } from './coordinator/coordinator.js';
import { type AbleAgent, type FleetQueue, JobProblem, type ResultDesk } from './fleet-queue.js';
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
    isOwn: async () => true,
    recall: async () => {},
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

/** Runs the tasks to their end, or until they were looked at often with nothing but checks open. */
async function run(
  agents: readonly AbleAgent[],
  changed: {
    readonly queue?: Partial<FleetQueue>;
    readonly desk?: Partial<ResultDesk>;
    readonly isStopping?: () => boolean;
  } = {},
): Promise<{ readonly notes: readonly string[]; readonly report: FleetReport; readonly events: readonly unknown[] }> {
  const notes: string[] = [];
  const events: unknown[] = [];
  let looks = 0;
  const queue: FleetQueue = {
    ...queueOf(agents),
    async agents() {
      looks++;
      return agents;
    },
    ...changed.queue,
  };
  const { ended } = runFleet(tasks, {
    ...{ queue, desk: { ...desk, ...changed.desk }, audited: 1, salt: 'salt', lookEveryMs: 1 },
    listener: {
      resume: () => undefined,
      listen: (index, event) => events.push([index, event]),
      keep: async () => true,
    },
    summaryOf: () => ({ summary: { values: {}, hash: 'h' }, durationMs: 1 }),
    isStopping: changed.isStopping ?? (() => looks >= 3),
    terminate: new AbortController().signal,
    onNote: (note) => notes.push(note),
  });
  return { report: await ended, notes, events };
}

const roomy: AbleAgent = { name: 'first', memory: 4 * gib };

test('what one agent alone can check is not waited for, and said', async () => {
  const { report, notes, events } = await run([roomy]);
  const progress = { step: 1, steps: 1 };
  expect(events).toEqual([0, 1].map((index) => [index, { kind: 'progress', progress }]));
  expect(report).toMatchObject({ audited: 0, unaudited: 2 });
  expect(notes).toEqual(['2 results are not checked: no other agent is there that has room for the task']);
});

test('a large task is not waited for whose second agent has no room for it; a small one is', async () => {
  const { report, notes } = await run([roomy, { name: 'second', memory: gib }]);
  expect(report).toMatchObject({ audited: 0, unaudited: 1 });
  expect(notes).toEqual(['1 result is not checked: no other agent is there that has room for the task']);
});

test('both are waited for where the second agent has room', async () => {
  const { report, notes } = await run([roomy, { name: 'second', memory: 2 * gib }]);
  expect({ report, notes }).toEqual({ report: expect.objectContaining({ unaudited: 0 }), notes: [] });
});

test('a run whose queue does not answer any more can be stopped', async () => {
  const never = <T>(): Promise<T> => new Promise(() => {});
  let isStopping = false;
  const isCancelled = (): Promise<boolean> => {
    isStopping = true;
    return never();
  };
  const changed = { queue: { isCancelled }, isStopping: () => isStopping };
  expect(await run([roomy], changed)).toMatchObject({ notes: [] });
});

test('what came of a job of another run is neither a failure of the task nor worth a word', async () => {
  const rounds = 8;
  const isHere = (job: string): boolean => (parseJobId(job)?.round ?? 0) > rounds;
  const accepted: number[] = [];
  const { notes } = await run([roomy, { name: 'second', memory: 2 * gib }], {
    queue: { isOwn: async (job) => isHere(job) },
    desk: {
      has: async (job) => isHere(job),
      accept: async (index, job) => {
        if (isHere(job)) {
          accepted.push(index);
          return { hash: 'h', hands: ['first'] };
        }
        throw new JobProblem({ agent: 'unknown', host: 'unknown', reason: 'no manifest' });
      },
    },
  });
  expect({ notes, accepted: accepted.sort() }).toEqual({ notes: [], accepted: [0, 1] });
});
