import { hostname } from 'node:os';
import type { Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { BlobStore } from '../../../../fleet/blobs.js';
import { failureText, type JobData, type JobName, parseJobData, parseJobId } from '../../../../fleet/job.js';
import type { JobClass } from '../../../../fleet/job-class.js';
import { reasonOf, sleep, within } from '../../../../fleet/limited.js';
import { isHopeless } from '../../../../fleet/patience.js';
import { type Task, taskOf } from '../../../../lab/task.js';
import { parseTaskSpec } from '../../../../tasks/task.js';
import { loadPeer } from '../load-peer.js';
import { queueName, queuePrefix } from '../queue/bull-queue.js';
import type { FleetUrl } from '../queue/connect.js';
import type { Registry } from '../queue/registry.js';
import type { Places } from './places.js';
import type { Slot } from './slot.js';
import type { JobEnd, Workshop } from './workshop.js';

/** What jobs are taken with. */
export interface TakerOptions {
  readonly name: string;
  /** Its name as results have it. */
  readonly hand: string;
  readonly identity: string;
  readonly redis: Redis;
  readonly registry: Registry;
  readonly url: FleetUrl;
  readonly lockMs: number;
  /** Which jobs it takes, and of large ones none that takes more bytes. */
  readonly of: JobClass;
  readonly memory: number;
  readonly slots: readonly Slot[];
  /** Whether they were tested just now. */
  readonly areTested: boolean;
  readonly workshop: Workshop;
  readonly places: Places;
  readonly onNote: (note: string) => void;
  /** Result hash of the trial that slots are tested by. */
  readonly golden: string;
  readonly isStopping: () => boolean;
}

/** Takes jobs from the queue, one for each slot. */
export interface JobTaker {
  /** Jobs that are being run. */
  running(): readonly string[];
  /** How many jobs it has ended. */
  done(): number;
  /** Takes nothing any more. */
  pause(): void;
  /** Connects anew. */
  renew(): Promise<void>;
  hasWaiting(): Promise<boolean>;
  /** Ends the jobs that were begun before then (milliseconds since 1970, by Redis's clock). */
  cancelBefore(time: number): void;
  /** Has each slot tested before it takes its next job. */
  checkAgain(): void;
  /** Why it takes nothing any more, if its machine does not compute as it must, or cannot run what it takes. */
  refusal(): string | undefined;
  /** Interrupts what is being run, gives it back and ends. */
  close(): Promise<void>;
}

/** The longest time between two looks for jobs whose agent is silent. */
const longestCheckMs = 30_000;
/** A slot is tested again after so long. */
const testedForMs = 6 * 3600_000;
/** A job that is not for this agent is left to others for so long at first, and at most. */
const leftMs = { first: 250, most: 2000 };
const unreachedPauseMs = 500;
/** How often progress is passed on. */
const progressEveryMs = 2000;

interface Taking extends TakerOptions {
  readonly bull: typeof import('bullmq');
  readonly free: Slot[];
  readonly testedAt: Map<Slot, number>;
  readonly running: Map<string, Running>;
  /** Places that are not reached, of which that was said. */
  readonly left: Set<string>;
  done: number;
  refusal: string | undefined;
}

interface Running {
  readonly slot: Slot;
  /** By Redis's clock; undefined until Redis has said it. */
  since: number | undefined;
  isCancelled: boolean;
}

/** Starts to take jobs. */
export async function takeJobs(options: TakerOptions): Promise<JobTaker> {
  const bull = await loadPeer('bullmq', () => import('bullmq'));
  const { slots, areTested, redis, url, identity, of } = options;
  const testedAt = areTested ? Date.now() : 0;
  const taking: Taking = {
    ...options,
    bull,
    free: [...slots],
    testedAt: new Map(slots.map((slot) => [slot, testedAt])),
    running: new Map(),
    left: new Set(),
    done: 0,
    refusal: undefined,
  };
  const queue = new bull.Queue(queueName(url, identity, of), {
    connection: redis,
    prefix: queuePrefix,
    skipMetasUpdate: true,
  });
  queue.on('error', () => {});
  let worker = openWorker(taking);
  return {
    running: () => [...taking.running.keys()],
    done: () => taking.done,
    pause: () => void worker.pause(true),
    async renew() {
      await worker.close(true).catch(() => {});
      worker = openWorker(taking);
    },
    hasWaiting: async () => (await queue.getJobCountByTypes('wait', 'prioritized')) > 0,
    cancelBefore(time) {
      for (const job of taking.running.values()) {
        if (job.since === undefined || job.since >= time || job.isCancelled) continue;
        job.isCancelled = true;
        job.slot.stop();
      }
    },
    checkAgain: () => taking.testedAt.clear(),
    refusal: () => taking.refusal,
    async close() {
      worker.pause(true).catch(() => {});
      for (const { slot } of taking.running.values()) slot.stop();
      const isClosed = await endsInTime(taking, worker.close());
      // Without Redis nothing can be given back: the queue finds out by itself.
      if (!isClosed) worker.backend.close(true).catch(() => {});
      await within(1000, queue.close());
    },
  };
}

/** What is being run is interrupted, and sent, within this time. */
const interruptedMs = 20_000;
/** Redis takes back what is interrupted within this time, or is away. */
const givenBackMs = 4000;

/** Whether a taker closes as soon as it can be waited for. */
async function endsInTime({ running }: Taking, closing: Promise<void>): Promise<boolean> {
  let isClosed = false;
  const closed = closing.finally(() => {
    isClosed = true;
  });
  const began = performance.now();
  let until = began + givenBackMs;
  for (; !isClosed && performance.now() < until; await within(200, closed)) {
    const isAtIt = running.size > 0 && performance.now() - began < interruptedMs;
    if (isAtIt) until = performance.now() + givenBackMs;
  }
  return isClosed;
}

function openWorker(taking: Taking): Worker<JobData> {
  const { bull, url, identity, redis, lockMs, slots, of } = taking;
  const name = queueName(url, identity, of);
  const worker = new bull.Worker<JobData>(name, (job, token) => process(taking, job, token!), {
    connection: redis,
    prefix: queuePrefix,
    concurrency: slots.length,
    lockDuration: lockMs,
    lockRenewTime: lockMs / 4,
    stalledInterval: Math.min(lockMs / 2, longestCheckMs),
    // What is given up is not the queue's to decide.
    maxStalledCount: 1_000_000,
  });
  // A lock that was lost, and a connection that is: the work goes on, and its result counts.
  worker.on('error', () => {});
  return worker;
}

async function process(taking: Taking, job: Job<JobData>, token: string): Promise<{ agent: string; hash: string }> {
  const { hand: agent, bull } = taking;
  const data = parseJobData(job.data);
  const isForOthers = data.not?.includes(agent) || (data.memory ?? 0) > taking.memory;
  const blobs = isForOthers ? undefined : await openPlace(taking, data);
  if (blobs === undefined) {
    await job.moveToDelayed(Date.now() + leftFor(job), token);
    // Who reaches a place is not to find all of its jobs just taken by one who does not.
    if (!isForOthers) await sleep(unreachedPauseMs);
    throw new bull.DelayedError();
  }
  const end = await runTaken(taking, job, { data, blobs }).catch((error: unknown): Ended => {
    return { state: 'failed', reason: reasonOf(error) };
  });
  if (end.state === 'done') {
    taking.done++;
    return { agent, hash: end.hash };
  }
  if (end.state === 'failed') throw new Error(failureText({ agent, host: hostname(), reason: end.reason }));
  await job.moveToWait(token);
  throw new bull.WaitingError();
}

/** Who may take it is mostly there, or is not for long. */
const leftFor = ({ attemptsStarted }: Job): number => Math.min(leftMs.first * 2 ** (attemptsStarted - 1), leftMs.most);

/** Where what comes of a job is put; undefined where that cannot be reached from here: others may. Says so once. */
async function openPlace({ places, left, onNote }: Taking, data: JobData): Promise<BlobStore | undefined> {
  try {
    const blobs = await places.open(data);
    left.delete(data.blobs);
    return blobs;
  } catch (error) {
    if (!left.has(data.blobs)) onNote(`${reasonOf(error)}; jobs of this run are left to others`);
    left.add(data.blobs);
    return undefined;
  }
}

/** How a job ended here, as the queue learns it. */
type Ended = Exclude<JobEnd, { readonly state: 'unable' }>;

/** What a job says, and the place where what comes of it is put. */
interface Taken {
  readonly data: JobData;
  readonly blobs: BlobStore;
}

async function runTaken(taking: Taking, job: Job<JobData>, { data, blobs }: Taken): Promise<Ended> {
  const { free, testedAt, running, registry, golden } = taking;
  const [name, task] = readTask(job, data);
  const slot = free.pop();
  if (slot === undefined || taking.isStopping() || taking.refusal) return { state: 'interrupted' };
  const entry: Running = { slot, since: undefined, isCancelled: false };
  running.set(job.id!, entry);
  const begun = (since: number): void => {
    entry.since = since;
  };
  registry.now().then(begun, () => {});
  try {
    if (Date.now() - (testedAt.get(slot) ?? 0) > testedForMs) {
      await slot.check(golden);
      testedAt.set(slot, Date.now());
    }
  } catch (error) {
    taking.refusal = `agent ${taking.name}: this machine computes wrongly, and is refused: ${reasonOf(error)}`;
    running.delete(job.id!);
    return { state: 'interrupted' };
  }
  try {
    const end = await taking.workshop.run(slot, { name, task, data, blobs, ...listeners(job, data) });
    if (end.state === 'unable') {
      taking.refusal = `agent ${taking.name}: ended, as this machine cannot run what it takes: ${end.reason}`;
      return { state: 'interrupted' };
    }
    if (!entry.isCancelled || end.state !== 'interrupted') return end;
    job.opts.removeOnFail = true;
    return { state: 'failed', reason: 'cancelled' };
  } finally {
    running.delete(job.id!);
    free.push(slot);
  }
}

/** The task of a job, under the id that it must have. @throws Error if it is another, or hopeless */
function readTask(job: Job<JobData>, data: JobData): readonly [JobName, Task] {
  const name = parseJobId(job.id!);
  const task = taskOf(parseTaskSpec(data.spec));
  if (name?.task !== task.id) throw new Error(`job ${job.id}: expected the spec of this id, got that of ${task.id}`);
  const ends = job.stalledCounter - (data.forgiven ?? 0);
  if (isHopeless(ends, data.hosts ?? [])) {
    throw new Error(`it was started ${ends} times, and each time its agent was lost before it got on`);
  }
  return [name, task];
}

/** What Redis learns of a job, where that is possible. */
function listeners(job: Job<JobData>, data: JobData) {
  let shownAt = performance.now();
  let latest: JobData = { ...data, hosts: [...new Set([...(data.hosts ?? []), hostname()])] };
  job.updateData(latest).catch(() => {});
  return {
    onProgress(progress: object): void {
      if (performance.now() - shownAt < progressEveryMs) return;
      shownAt = performance.now();
      job.updateProgress(progress).catch(() => {});
    },
    onSent(): void {
      latest = { ...latest, forgiven: job.stalledCounter };
      job.updateData(latest).catch(() => {});
    },
  };
}
