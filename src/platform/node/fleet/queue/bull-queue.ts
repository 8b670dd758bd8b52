import type { Queue, QueueEvents } from 'bullmq';
import type { Redis } from 'ioredis';
import type { JobState } from '../../../../fleet/coordinator/coordinator.js';
import type { FleetQueue, QueueHint } from '../../../../fleet/fleet-queue.js';
import { type JobData, parseFailure } from '../../../../fleet/job.js';
import { classOf, type JobClass, jobClasses } from '../../../../fleet/job-class.js';
import { within } from '../../../../fleet/limited.js';
import type { TaskProgress } from '../../../../tasks/task-event.js';
import { loadPeer } from '../load-peer.js';
import type { FleetUrl } from './connect.js';
import type { AgentRecord, Registry } from './registry.js';

/** Prefix of all keys: one slot of a cluster. */
export const queuePrefix = '{descent}';

/** The queue of a class of what machines of one identity run of a project. */
export const queueName = ({ project }: FleetUrl, identity: string, of: JobClass = 'cpu'): string =>
  `${project}-${identity}-${of}`;

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
const closeMs = 2000;
/** An agent that has been silent for so long is not waited for: five of its beats. */
const silentMs = 10_000;

/** A queue that is open until it is closed. */
export interface BullQueue extends FleetQueue {
  /** Of each class how many jobs wait, and how many are being run. */
  counts(): Promise<readonly QueueCounts[]>;
  /** Bytes that the largest job takes of those that were added here and not removed; 0 where none is large. */
  largest(): number;
  close(): Promise<void>;
}

/** How many jobs lie in a queue. */
export interface QueueCounts {
  readonly name: string;
  readonly class: JobClass;
  readonly waiting: number;
  /** Of those that wait the ones that nobody has left to others just now. */
  readonly ready: number;
  readonly running: number;
}

/** What a queue is opened with. */
export interface BullQueueOptions {
  readonly redis: Redis;
  readonly url: FleetUrl;
  readonly identity: string;
  /** The place of results, which agents must reach, and what lies there. */
  readonly blobs: string;
  readonly mark: string;
  readonly registry: Registry;
  readonly onHint: (hint: QueueHint) => void;
}

/** The queue of an identity in Redis, by BullMQ. */
export async function openBullQueue(options: BullQueueOptions): Promise<BullQueue> {
  const { redis, url, identity, blobs, mark, registry, onHint } = options;
  const bull = await loadPeer('bullmq', () => import('bullmq'));
  const parts = jobClasses.map((of): Part => {
    const name = queueName(url, identity, of);
    const queue = new bull.Queue(name, { connection: redis, prefix: queuePrefix, skipMetasUpdate: true });
    const connection = redis.duplicate();
    const events = new bull.QueueEvents(name, { connection, prefix: queuePrefix });
    // Both connect again by themselves; what was missed meanwhile is found by looking.
    queue.on('error', () => {});
    events.on('error', () => {});
    passHints(events, onHint);
    return { of, queue, events, connection };
  });
  const large = new Map<string, number>();
  const began = await registry.now();
  return {
    async add(jobs) {
      for (const { job, data } of jobs) if (data.memory !== undefined) large.set(job, data.memory);
      const added = parts.map(({ of, queue }) =>
        addJobs(
          queue,
          jobs.filter(({ data }) => classOf(data) === of),
        ),
      );
      await Promise.all(added);
    },
    async remove(job) {
      large.delete(job);
      await Promise.all(parts.map(({ queue }) => queue.remove(job)));
    },
    jobs: async () =>
      new Map((await Promise.all(parts.map(({ queue }) => jobsOf(queue)))).flatMap((each) => [...each])),
    async failureOf(job) {
      const found = await Promise.all(parts.map(({ queue }) => queue.getJob(job)));
      return parseFailure(found.find((each) => each !== undefined)?.failedReason ?? 'gone');
    },
    async isOwn(job) {
      const found = await Promise.all(parts.map(({ queue }) => queue.getJob(job)));
      return found.some((each) => (each?.data as Partial<JobData> | undefined)?.mark === mark);
    },
    async recall() {
      const left = (await Promise.all(parts.map(({ queue }) => queue.getDelayed()))).flat();
      // Some may have been taken meanwhile.
      await Promise.allSettled(left.map((job) => job.promote()));
    },
    async agents() {
      const banned = await registry.banned();
      const soon = (await registry.now()) - silentMs;
      const works = ({ state, seen, unreached }: AgentRecord): boolean =>
        state === 'works' && seen > soon && !unreached.includes(blobs);
      const able = (await registry.agents()).filter((agent) => agent.identity === identity && works(agent));
      return able.flatMap(({ hand, memory }) => (hand in banned ? [] : [{ name: hand, memory }]));
    },
    ban: (agent, reason) => registry.ban(agent, reason),
    banned: async () => Object.keys(await registry.banned()),
    isCancelled: async () => (await registry.cancelledAt()) > began,
    largest: () => Math.max(0, ...large.values()),
    counts: () => Promise.all(parts.map(({ of, queue }) => countsOf(queue, of))),
    async close() {
      const closed = Promise.allSettled(parts.flatMap(({ queue, events }) => [events.close(), queue.close()]));
      // Without this they would wait for the next event.
      for (const { connection } of parts) connection.disconnect();
      // Redis may be away.
      await within(closeMs, closed);
    },
  };
}

/** The queue of a class. */
interface Part {
  readonly of: JobClass;
  readonly queue: Queue;
  readonly events: QueueEvents;
  /** Of the events alone. */
  readonly connection: Redis;
}

/** How many jobs lie in a queue. */
export async function countsOf(queue: Queue, of: JobClass): Promise<QueueCounts> {
  const { wait = 0, prioritized = 0, delayed = 0, active = 0 } = await queue.getJobCounts();
  const ready = wait + prioritized;
  return { name: queue.name, class: of, waiting: ready + delayed, ready, running: active };
}

async function addJobs(queue: Queue, jobs: Parameters<FleetQueue['add']>[0]): Promise<void> {
  if (jobs.length === 0) return;
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
