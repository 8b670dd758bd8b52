import { randomBytes } from 'node:crypto';
import { type Job, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sha256Hex } from '../../src/base/sha256.js';
import { experiments } from '../../src/experiments/index.js';
import { fleetOrder } from '../../src/fleet/fleet-order.js';
import type { ResultDesk } from '../../src/fleet/fleet-queue.js';
import { type FleetRunTask, runFleet } from '../../src/fleet/run-fleet.js';
import { planRuns, tasksToRun } from '../../src/lab/plan-runs.js';
import { openBullQueue, queueName, queuePrefix } from '../../src/platform/node/fleet/queue/bull-queue.js';
import { connectRedis, parseFleetUrl } from '../../src/platform/node/fleet/queue/connect.js';
import { openRegistry } from '../../src/platform/node/fleet/queue/registry.js';
import { workOfEach } from '../../src/tasks/cost/cost.js';
import { needsOf } from '../../src/tasks/task.js';
import { quantile, spread } from '../support/lost-work.js';
import { seededUniform } from '../support/random.js';
import { isFleetLong, noRedis, startRedis } from '../support/redis.js';

const workers = Number(process.env['FLEET_WORKERS'] ?? 1000);
const count = Number(process.env['FLEET_TASKS'] ?? 10_000);
/** What a task takes on average, by its place in the distribution of the real ones; none more than ten times that. */
const meanMs = Number(process.env['FLEET_MEAN_MS'] ?? 2000);
const lockMs = 30_000;

/** The graph of all experiments at the size of study, as often as it takes to be long enough. */
function realGraph() {
  const chosen = experiments.map((experiment) => ({ experiment }));
  const tasks = tasksToRun(planRuns(chosen, { preset: 'study', protocol: 'all', twins: 0, settings: [] }));
  const places = new Map(tasks.map(({ id }, index) => [id, index]));
  const work = workOfEach(tasks);
  const total = work.reduce((sum, each) => sum + Math.sqrt(each), 0);
  const graph = Array.from({ length: Math.ceil(count / tasks.length) }, (_, copy) =>
    tasks.map(({ id, spec }, index) => ({
      id: sha256Hex(`${copy} ${id}`),
      after: needsOf(spec).map((need) => places.get(need)! + copy * tasks.length),
      spec,
      // Square roots: real tasks differ by five orders of magnitude, more than a test has time for.
      ms: Math.min(10 * meanMs, (Math.sqrt(work[index]!) / total) * tasks.length * meanMs),
    })),
  ).flat();
  // Of the last copy, what fits: whoever waits stands behind what it waits for, or is left out with it.
  const kept = new Set(graph.slice(0, count).map((_, index) => index));
  for (const [index, { after }] of graph.slice(0, count).entries()) {
    if (after.some((need) => !kept.has(need))) kept.delete(index);
  }
  const position = new Map([...kept].map((index, at) => [index, at]));
  return [...kept].map((index) => ({
    ...graph[index]!,
    after: graph[index]!.after.map((need) => position.get(need)!),
  }));
}

describe.skipIf(noRedis || !isFleetLong)('a thousand workers', () => {
  const what = '5 % of them a minute are lost, and Redis and the place of results are each away for 10 s';

  test(`${workers} workers run ${count} tasks, though ${what}`, async () => {
    const server = await startRedis();
    const url = parseFleetUrl(server.url);
    const redis = await connectRedis(url);
    const registry = openRegistry(redis, url);
    const graph = realGraph();
    const ranks = graph.map(() => 0);
    const order = fleetOrder(
      graph,
      graph.map(({ ms }) => ms),
    );
    for (const [rank, index] of order.entries()) ranks[index] = rank + 1;
    const tasks: readonly FleetRunTask[] = graph.map(({ id, after }, i) => ({ id, after, rank: ranks[i]! }));
    const times = new Map(graph.map(({ id, ms }) => [id, ms]));

    /** What was left by whom, as manifests would say; a task is started before its needs if this says so. */
    const left = new Map<string, string>();
    const store = new Set<number>();
    const early: number[] = [];
    let [published, started, worked] = [0, 0, 0];
    let isStoreAway = false;
    let refused = 0;
    const reach = (): void => {
      if (!isStoreAway) return;
      refused++;
      throw new Error('the place of results is away');
    };
    const desk: ResultDesk = {
      async offer(index) {
        reach();
        if (!tasks[index]!.after.every((need) => store.has(need))) early.push(index);
        return { spec: {}, needs: [], blobs: '' };
      },
      async has(job) {
        reach();
        return left.has(job);
      },
      async accept(index, job) {
        reach();
        if (store.has(index)) throw new Error(`task ${index}: published twice`);
        store.add(index);
        return { hash: 'h', hands: [left.get(job)!] };
      },
      compare: async () => undefined,
      judge: async () => 'h',
      withdraw: (index) => void store.delete(index),
    };

    const identity = 'test';
    const lost = new Set<Worker>();
    const all: Worker[] = [];
    const shared = new Redis(server.url, { maxRetriesPerRequest: null });
    shared.on('error', () => {});
    /** What each worker has in hand, and since when; of a job whose worker was lost, when that was. */
    const inHand = new Map<Worker, { readonly job: string; readonly since: number }>();
    const lostAt = new Map<string, number>();
    const endedAt = new Map<Worker, number>();
    const [recoveries, gaps, lostWork]: [number[], number[], number[]] = [[], [], []];
    const begin = (worker: Worker, job: string): void => {
      const now = performance.now();
      started++;
      inHand.set(worker, { job, since: now });
      const [since, ended] = [lostAt.get(job), endedAt.get(worker)];
      if (since !== undefined) recoveries.push(now - since);
      lostAt.delete(job);
      if (ended !== undefined) gaps.push(now - ended);
    };
    const lose = (worker: Worker): void => {
      const now = performance.now();
      const had = inHand.get(worker);
      lost.add(worker);
      if (had === undefined) return;
      lostWork.push(now - had.since);
      lostAt.set(had.job, now);
    };
    const work = async (worker: Worker, job: Job): Promise<string> => {
      const ms = times.get(job.id!.split('-')[1]!)!;
      begin(worker, job.id!);
      await new Promise((resolve) => setTimeout(resolve, ms));
      // A machine that is lost says nothing any more.
      if (lost.has(worker)) return new Promise(() => {});
      worked += ms;
      left.set(job.id!, worker.id);
      inHand.delete(worker);
      endedAt.set(worker, performance.now());
      return 'done';
    };
    const open = (): Worker => {
      const worker: Worker = new Worker(queueName(url, identity), (job) => work(worker, job), {
        connection: shared,
        prefix: queuePrefix,
        lockDuration: lockMs,
        lockRenewTime: lockMs / 4,
        stalledInterval: lockMs / 2,
        maxStalledCount: 1e6,
      });
      worker.on('error', () => {});
      return worker;
    };
    for (let i = 0; i < workers; i++) all.push(open());
    await Promise.all(all.map((worker) => worker.waitUntilReady()));

    const uniform = seededUniform(7);
    let killed = 0;
    const killing = setInterval(() => {
      for (let i = 0; i < (workers * 0.05) / 30; i++) {
        const at = Math.floor(uniform() * all.length);
        lose(all[at]!);
        // Its locks are renewed no more.
        all[at]!.close(true).catch(() => {});
        all[at] = open();
        killed++;
      }
    }, 2000);
    const at = (seconds: number, act: () => void) => setTimeout(act, seconds * 1000);
    const outages = [
      at(10, () => {
        isStoreAway = true;
      }),
      at(20, () => {
        isStoreAway = false;
      }),
      at(25, server.pause),
      at(35, server.resume),
    ];
    onTestFinished(async () => {
      clearInterval(killing);
      for (const outage of outages) clearTimeout(outage);
      server.resume();
      // All before their server ends, which they would look for in vain.
      await Promise.allSettled(all.map((worker) => worker.close(true)));
      shared.disconnect();
      redis.disconnect();
    });

    const run: { hint?: ReturnType<typeof runFleet>['hint'] } = {};
    const queue = await openBullQueue({
      redis,
      url,
      identity,
      blobs: '',
      mark: '',
      registry,
      onHint: (hint) => run.hint?.(hint),
    });
    let memory = 0;
    const sampling = setInterval(async () => {
      const used = /used_memory:(\d+)/.exec(await redis.info('memory'));
      memory = Math.max(memory, Number(used?.[1] ?? 0));
    }, 5000);
    const start = performance.now();
    const fleet = runFleet(tasks, {
      queue,
      desk,
      listener: {
        resume: () => undefined,
        listen: () => {},
        keep: async () => {
          published++;
          return true;
        },
      },
      isStopping: () => false,
      terminate: new AbortController().signal,
      summaryOf: () => ({ summary: { values: {}, hash: 'h' }, durationMs: 1 }),
      audited: 0,
      salt: randomBytes(8).toString('hex'),
      onNote: () => {},
    });
    run.hint = fleet.hint;
    const report = await fleet.ended;
    clearInterval(sampling);
    const seconds = (performance.now() - start) / 1000;
    await queue.close();
    const connections = /connected_clients:(\d+)/.exec(server.command('info', 'clients'))?.[1];
    const sum = graph.reduce((total, { ms }) => total + ms, 0);
    const share = (ms: number): string => `${((100 * ms) / sum).toFixed(1)} %`;
    console.info(
      `${graph.length} tasks on ${workers} workers in ${seconds.toFixed(1)} s (${(sum / workers / 1000).toFixed(1)} s of work each), ` +
        `${(graph.length / seconds).toFixed(0)} tasks a second; from the end of a task to the start of the next ` +
        `${quantile(gaps, 0.5).toFixed(0)} ms in the median; ${killed} workers lost, ${lostWork.length} with a job in hand, ` +
        `${report.lost} jobs taken over, after ${spread(recoveries)}; ` +
        `${started - graph.length} started again; lost: ${share(lostWork.reduce((total, ms) => total + ms, 0))} of all work; ${share(worked - sum)} done twice; ` +
        `${refused} requests found no place of results; Redis: ${(memory / 2 ** 20).toFixed(0)} MiB, ${connections} connections`,
    );
    expect(refused).toBeGreaterThan(0);
    expect(recoveries.length).toBeGreaterThan(0);
    // Lock and two looks, and Redis away in between; then a worker must be free.
    expect(quantile(recoveries, 0.5)).toBeLessThan(2 * lockMs + 10_000);
    expect(early).toEqual([]);
    expect(store.size).toBe(graph.length);
    expect(published).toBe(graph.length);
    expect(killed).toBeGreaterThan(0);
  });
});
