import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { fleetOrder } from '../../../../fleet/fleet-order.js';
import { fleetIdentity } from '../../../../fleet/identity.js';
import { type FleetCounts, type FleetReport, type FleetRun, runFleet } from '../../../../fleet/run-fleet.js';
import type { RunQueue } from '../../../../lab/pool.js';
import { type RunListener, runTasks } from '../../../../lab/run-tasks.js';
import type { Store } from '../../../../lab/store.js';
import { type Task, taskOf } from '../../../../lab/task.js';
import { unrecorded } from '../../../../lab/task-recorder.js';
import { workOfEach } from '../../../../tasks/cost/cost.js';
import type { TaskReport } from '../../../../tasks/task-event.js';
import { storedReport } from '../../workers/run-in-store.js';
import type { StopRequest } from '../../workers/stop-request.js';
import { type BlobServer, serveBlobs } from '../blobs/blob-server.js';
import { openBlobs } from '../blobs/open-blobs.js';
import { isOwnServer } from '../blobs/own-server.js';
import { type BullQueue, openBullQueue } from '../queue/bull-queue.js';
import { connectRedis, type FleetUrl } from '../queue/connect.js';
import { openRegistry } from '../queue/registry.js';
import { announce, type FleetStatus } from './announce.js';
import { type MetricsAddress, serveMetrics } from './metrics-server.js';
import { markPlace } from './place-mark.js';
import { createResultDesk } from './result-desk.js';

/** Which fleet runs tasks, and how far it is believed. */
export interface FleetChoice {
  readonly url: FleetUrl;
  /** Where results are put: a folder or a URL, which agents can reach. */
  readonly blobs: string;
  /** Share of results that are run again elsewhere, in [0, 1]. */
  readonly audited: number;
  /** Where what is going on can be read as Prometheus does. */
  readonly metrics?: MetricsAddress;
  /** Listens to what people should know. */
  readonly onNote: (note: string) => void;
  /** Listens, every few seconds, to how the fleet is. */
  readonly onStatus?: (status: FleetStatus) => void;
  readonly onReport?: (report: FleetReport) => void;
}

/** How tasks run that a fleet runs. */
export interface FleetRunOptions {
  readonly fleet: FleetChoice;
  readonly stop: StopRequest;
  readonly listener?: RunListener;
  readonly dataDir?: string;
}

/** What a coordinator runs its tasks with. */
interface Open {
  readonly place: BlobServer;
  readonly mark: string;
  readonly queue: BullQueue;
  /** The run, once there is one. */
  run: FleetRun | undefined;
}

/** Has a fleet run what a store does not hold yet, and keeps it there. Only for who holds the store's lock. */
export async function runStoredInFleet(
  tasks: readonly Task[],
  store: Store,
  options: FleetRunOptions,
): Promise<readonly TaskReport[]> {
  const { fleet, stop, listener } = options;
  const redis = await connectRedis(fleet.url);
  const closers: (() => unknown)[] = [() => redis.disconnect()];
  try {
    const open = await openAll(redis, fleet, store, closers);
    return await runTasks(tasks, {
      workers: 1,
      runQueue: queueRunner(open, store, options),
      isStopping: stop.isStopping,
      terminate: stop.terminate,
      known: ({ id }) => storedReport(store, id),
      has: store.has,
      begin: () => unrecorded,
      ...(listener && { listener }),
    });
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

/** Opens one after the other; what is open can be closed, even if the next one fails. */
async function openAll(redis: Redis, fleet: FleetChoice, store: Store, closers: (() => unknown)[]): Promise<Open> {
  const registry = openRegistry(redis, fleet.url);
  const identity = fleetIdentity();
  const place = await openPlace(fleet.blobs, join(store.path, 'blobs'));
  closers.push(place.close);
  const onHint: FleetRun['hint'] = (hint) => open.run?.hint(hint);
  const blobs = place.blobs.url;
  const { onNote, onStatus } = fleet;
  const { mark, end } = await markPlace(place.blobs, store, { onNote });
  closers.push(end);
  const queue = await openBullQueue({ redis, url: fleet.url, identity, blobs, mark, registry, onHint });
  closers.push(queue.close);
  const shown = { registry, queue, identity, blobs, mark, onNote, ...(onStatus && { onStatus }) };
  closers.push((await announce(shown)).end);
  const open: Open = { place, mark, queue, run: undefined };
  const counts = (): FleetCounts | undefined => open.run?.counts();
  const { metrics, url } = fleet;
  if (metrics) closers.push(await serveMetrics(metrics, { project: url.project, registry, queue, counts }));
  return open;
}

/** Opens the place of results, or serves it: what agents reach by a coordinator's own server lies in this folder. */
async function openPlace(place: string, folder: string): Promise<BlobServer> {
  if (isOwnServer(place)) return serveBlobs(place, folder);
  return { blobs: await openBlobs(place), close: async () => {} };
}

function queueRunner(open: Open, store: Store, { fleet, stop, dataDir }: FleetRunOptions): RunQueue {
  return async (queued, options) => {
    const { queue, place, mark } = open;
    const { audited, onNote } = fleet;
    const tasks = queued.map(({ spec }) => taskOf(spec));
    const ranks = ranksOf(queued, tasks);
    const summaryOf = (index: number) => {
      const { durationMs, ...summary } = store.readSummary(tasks[index]!.id);
      return { summary, durationMs };
    };
    const { blobs } = place;
    const desk = createResultDesk({ tasks, store, blobs, mark, stop, ...(dataDir !== undefined && { dataDir }) });
    const salt = randomBytes(16).toString('hex');
    open.run = runFleet(
      queued.map(({ after }, index) => ({ id: tasks[index]!.id, after, rank: ranks[index]! })),
      { ...options, queue, desk, summaryOf, audited, salt, onNote },
    );
    fleet.onReport?.(await open.run.ended);
  };
}

/** The place of each task in the order in which they start, from 1. */
function ranksOf(queued: Parameters<typeof fleetOrder>[0], tasks: readonly Task[]): readonly number[] {
  const ranks = tasks.map(() => 0);
  for (const [rank, index] of fleetOrder(queued, workOfEach(tasks)).entries()) ranks[index] = rank + 1;
  return ranks;
}
