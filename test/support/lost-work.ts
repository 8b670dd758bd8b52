import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { QueueEvents, Worker } from 'bullmq';
import { onTestFinished } from 'vitest';
import { fleetIdentity } from '../../src/fleet/identity.js';
import { queueName, queuePrefix } from '../../src/platform/node/fleet/queue/bull-queue.js';
import { parseFleetUrl } from '../../src/platform/node/fleet/queue/connect.js';
import { openStore } from '../../src/platform/node/store/store.js';

/** What the deaths of agents cost, seen from outside: in their folders, among the blobs and in the queue. */
export interface LostWork {
  /** To be called at once when an agent was killed. Returns whether it had something in hand. */
  died(scratch: string): boolean;
  /** Whether an agent has a job in hand of which two agents have died since it was sent last. */
  isStuck(scratch: string): boolean;
  /** Looks for jobs whose agent is silent, as an agent does whose slots are busy, until the test ends. */
  watchLocks(lockMs: number): Promise<void>;
  /** Milliseconds of work of each job in hand that nobody can resume from: since it began, or was last sent. */
  readonly lost: readonly number[];
  /** Milliseconds until the queue had noticed, for each of them. */
  readonly noticed: readonly number[];
}

/** Watches the queue of a fleet, and the blobs of a run. */
export async function watchLostWork(url: string, blobs: string): Promise<LostWork> {
  const deaths = new Map<string, number>();
  /** Of each job, which of its checkpoints was the last at each death. */
  const lastSent = new Map<string, number[]>();
  const sentAt = (job: string): number => timeOf(join(blobs, 'checkpoints', `${job}.json`)) ?? 0;
  const lost: number[] = [];
  const noticed: number[] = [];
  const { hostname: host, port } = new URL(url);
  const connection = { host, port: Number(port), maxRetriesPerRequest: null };
  const name = queueName(parseFleetUrl(url), fleetIdentity());
  const events = new QueueEvents(name, { connection, prefix: queuePrefix });
  events.on('error', () => {});
  onTestFinished(() => events.close().catch(() => {}));
  await events.waitUntilReady();
  events.on('stalled', ({ jobId }) => {
    const at = deaths.get(jobId);
    if (at === undefined) return;
    deaths.delete(jobId);
    noticed.push(Date.now() - at);
  });
  return {
    lost,
    noticed,
    async watchLocks(lockMs) {
      const looks = { lockDuration: lockMs, stalledInterval: lockMs / 2, maxStalledCount: 1_000_000 };
      const worker = new Worker(name, null, { connection, prefix: queuePrefix, autorun: false, ...looks });
      worker.on('error', () => {});
      onTestFinished(() => worker.close(true).catch(() => {}));
      await worker.waitUntilReady();
      await worker.startStalledCheckTimer();
    },
    isStuck(scratch) {
      const isStuck = (job: string): boolean =>
        (lastSent.get(job) ?? []).filter((sent) => sent === sentAt(job)).length >= 2;
      return jobsIn(scratch).some(({ job }) => isStuck(job));
    },
    died(scratch) {
      const now = Date.now();
      const inHand = jobsIn(scratch).filter(({ job }) => timeOf(join(blobs, 'manifests', `${job}.json`)) === undefined);
      for (const { job, begun } of inHand) {
        deaths.set(job, now);
        lastSent.set(job, [...(lastSent.get(job) ?? []), sentAt(job)]);
        lost.push(now - Math.max(begun, sentAt(job)));
      }
      return inHand.length > 0;
    },
  };
}

/** Resolves when an agent has begun a job that it has not ended, or there is nothing more to wait for. */
export async function hasJob(scratch: string, isOver: () => boolean): Promise<void> {
  while (jobsIn(scratch).length === 0 && !isOver()) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Jobs that an agent has begun and not ended, and when it did. */
function jobsIn(scratch: string) {
  const folder = join(scratch, 'jobs');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.flatMap((name) => {
    const begun = timeOf(join(folder, name, 'spec.json'));
    return begun === undefined ? [] : [{ job: name.replace(/^\.partial-/, ''), begun }];
  });
}

function timeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

/** Milliseconds of work in all results of a store. */
export function workIn(path: string): number {
  const store = openStore(path);
  const ids = [...store.list(), ...store.listMeasurements()];
  return ids.reduce((sum, id) => sum + store.readSummary(id).durationMs, 0);
}

/** A share of the values lies at or below this. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Median and largest of some milliseconds, in seconds. */
export const spread = (values: readonly number[]): string =>
  values.length === 0
    ? 'none'
    : `${(quantile(values, 0.5) / 1000).toFixed(1)} s in the median, ${(quantile(values, 1) / 1000).toFixed(1)} s at most`;
