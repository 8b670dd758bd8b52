import type { Queue, QueueEvents } from 'bullmq';
import type { Redis } from 'ioredis';
import type { JobState } from '../../../../fleet/coordinator/coordinator.js';
import type { FleetQueue, QueueHint } from '../../../../fleet/fleet-queue.js';
import { parseFailure } from '../../../../fleet/job.js';
import type { TaskProgress } from '../../../../tasks/task-event.js';
import { loadPeer } from '../load-peer.js';
import type { FleetUrl } from './connect.js';
import type { Registry } from './registry.js';

/** Prefix of all keys: one slot of a cluster. */
export const queuePrefix = '{descent}';

/** The queue of what machines of one identity run of a project. */
export const queueName = ({ project }: FleetUrl, identity: string): string => `${project}-${identity}`;

/** How a queue's lists are called, and what they mean. */
const states = {
  wait: 'open',
  prioritized: 'open',
  delayed: 'open',
  active: 'open',
  completed: 'completed',
  failed: 'failed',
} as const satisfies Record<string, JobState>;

const keptSeconds = 86_400;
/** An agent that has been silent for so long is not waited for: five of its beats. */
const silentMs = 10_000;

/** A queue that is open until it is closed. */
export interface BullQueue extends FleetQueue {
  /** How many jobs wait, and how many are being run. */
  counts(): Promise<{ readonly waiting: number; readonly running: number }>;
  close(): Promise<void>;
}

/** What a queue is opened with. */
export interface BullQueueOptions {
  readonly redis: Redis;
  readonly url: FleetUrl;
  readonly identity: string;
  readonly registry: Registry;
  readonly onHint: (hint: QueueHint) => void;
}

/** The queue of an identity in Redis, by BullMQ. */
export async function openBullQueue(options: BullQueueOptions): Promise<BullQueue> {
  const { redis, url, identity, registry, onHint } = options;
  const bull = await loadPeer('bullmq', () => import('bullmq'));
  const name = queueName(url, identity);
  const queue = new bull.Queue(name, { connection: redis, prefix: queuePrefix, skipMetasUpdate: true });
  const events = new bull.QueueEvents(name, { connection: redis.duplicate(), prefix: queuePrefix });
  // Both connect again by themselves; what was missed meanwhile is found by looking.
  queue.on('error', () => {});
  events.on('error', () => {});
  passHints(events, onHint);
  const began = await registry.now();
  return {
    add: (jobs) => addJobs(queue, jobs),
    remove: async (job) => void (await queue.remove(job)),
    jobs: () => jobsOf(queue),
    failureOf: async (job) => parseFailure((await queue.getJob(job))?.failedReason ?? 'gone'),
    async agents() {
      const banned = await registry.banned();
      const soon = (await registry.now()) - silentMs;
      const all = await registry.agents();
      const able = all.filter((agent) => agent.identity === identity && agent.state === 'works' && agent.seen > soon);
      return able.flatMap(({ name: each }) => (each in banned ? [] : [each]));
    },
    ban: (agent, reason) => registry.ban(agent, reason),
    banned: async () => Object.keys(await registry.banned()),
    isCancelled: async () => (await registry.cancelledAt()) > began,
    async counts() {
      const { wait = 0, prioritized = 0, delayed = 0, active = 0 } = await queue.getJobCounts();
      return { waiting: wait + prioritized + delayed, running: active };
    },
    async close() {
      await Promise.allSettled([events.close(), queue.close()]);
    },
  };
}

async function addJobs(queue: Queue, jobs: Parameters<FleetQueue['add']>[0]): Promise<void> {
  // A coordinator takes out what has ended; what ends after it is gone goes after a day.
  const kept = { age: keptSeconds };
  const options = { attempts: 1, removeOnComplete: kept, removeOnFail: kept };
  await queue.addBulk(
    jobs.map(({ job, data, rank }) => ({ name: 'task', data, opts: { ...options, jobId: job, priority: rank } })),
  );
}

async function jobsOf(queue: Queue): Promise<ReadonlyMap<string, JobState>> {
  const found = new Map<string, JobState>();
  // A job that moves on meanwhile is seen where it was, or where it is, if lists are read in this order.
  for (const [list, state] of Object.entries(states)) {
    for (const job of await queue.getRanges([list as keyof typeof states])) found.set(job, state);
  }
  return found;
}

function passHints(events: QueueEvents, onHint: (hint: QueueHint) => void): void {
  events.on('completed', ({ jobId }) => onHint({ kind: 'completed', job: jobId }));
  events.on('stalled', ({ jobId }) => onHint({ kind: 'stalled', job: jobId }));
  events.on('failed', ({ jobId, failedReason }) =>
    onHint({ kind: 'failed', job: jobId, failure: parseFailure(failedReason) }),
  );
  events.on('progress', ({ jobId, data }) =>
    onHint({ kind: 'progress', job: jobId, progress: data as unknown as TaskProgress }),
  );
}
