import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { BlobStore } from '../../../../fleet/blobs.js';
import { fleetOrder } from '../../../../fleet/fleet-order.js';
import { fleetIdentity } from '../../../../fleet/identity.js';
import { type FleetReport, type FleetRun, runFleet } from '../../../../fleet/run-fleet.js';
import type { RunQueue } from '../../../../lab/pool.js';
import { type RunListener, runTasks } from '../../../../lab/run-tasks.js';
import type { Store } from '../../../../lab/store.js';
import { type Task, taskOf } from '../../../../lab/task.js';
import { unrecorded } from '../../../../lab/task-recorder.js';
import { workOfEach } from '../../../../tasks/cost.js';
import { runTrial } from '../../../../tasks/run-trial.js';
import type { TaskReport } from '../../../../tasks/task-event.js';
import { goldenTrial } from '../../machine/golden-trial.js';
import { packageVersion } from '../../package-version.js';
import { storedReport } from '../../workers/run-in-store.js';
import type { StopRequest } from '../../workers/stop-request.js';
import { createSlot } from '../agent/slot.js';
import { openBlobs } from '../blobs/open-blobs.js';
import { type BullQueue, openBullQueue } from '../queue/bull-queue.js';
import { connectRedis, type FleetUrl } from '../queue/connect.js';
import { openRegistry, type Registry } from '../queue/registry.js';
import { createResultDesk } from './result-desk.js';

/** Which fleet runs tasks, and how far it is believed. */
export interface FleetChoice {
  readonly url: FleetUrl;
  /** Where results are put: a folder or a URL, which agents can reach. */
  readonly blobs: string;
  /** Share of results that are run again elsewhere, in [0, 1]. */
  readonly audited: number;
  /** Listens to what people should know. */
  readonly onNote: (note: string) => void;
  /** Listens, every few seconds, to how the fleet is. */
  readonly onStatus?: (status: FleetStatus) => void;
  readonly onReport?: (report: FleetReport) => void;
}

/** How a fleet is. */
export interface FleetStatus {
  readonly agents: number;
  readonly waiting: number;
  readonly running: number;
}

/** How tasks run that a fleet runs. */
export interface FleetRunOptions {
  readonly fleet: FleetChoice;
  readonly stop: StopRequest;
  readonly listener?: RunListener;
  readonly dataDir?: string;
}

const beatMs = 5000;

/** Has a fleet run what a store does not hold yet, and keeps it there. Only for who holds the store's lock. */
export async function runStoredInFleet(
  tasks: readonly Task[],
  store: Store,
  { fleet, stop, listener, dataDir }: FleetRunOptions,
): Promise<readonly TaskReport[]> {
  const redis = await connectRedis(fleet.url);
  const registry = openRegistry(redis, fleet.url);
  const identity = fleetIdentity();
  let run: FleetRun | undefined;
  const onHint: FleetRun['hint'] = (hint) => run?.hint(hint);
  const queue = await openBullQueue({ redis, url: fleet.url, identity, registry, onHint });
  const blobs = await openBlobs(fleet.blobs);
  const beating = await announce({ registry, queue, identity, blobs, fleet });
  const runQueue: RunQueue = async (queued, options) => {
    const own = queued.map(({ spec }) => taskOf(spec));
    const ranks = ranksOf(queued, own);
    const summaryOf = (index: number) => {
      const { durationMs, ...summary } = store.readSummary(own[index]!.id);
      return { summary, durationMs };
    };
    const desk = createResultDesk({ tasks: own, store, blobs, stop, ...(dataDir !== undefined && { dataDir }) });
    const { audited, onNote } = fleet;
    const salt = randomBytes(16).toString('hex');
    run = runFleet(
      queued.map(({ after }, index) => ({ id: own[index]!.id, after, rank: ranks[index]! })),
      { ...options, queue, desk, summaryOf, audited, salt, onNote },
    );
    fleet.onReport?.(await run.ended);
  };
  try {
    return await runTasks(tasks, {
      workers: 1,
      runQueue,
      isStopping: stop.isStopping,
      terminate: stop.terminate,
      known: ({ id }) => storedReport(store, id),
      has: store.has,
      begin: () => unrecorded,
      ...(listener && { listener }),
    });
  } finally {
    clearInterval(beating);
    await queue.close();
    redis.disconnect();
  }
}

/** The place of each task in the order in which they start, from 1. */
function ranksOf(queued: Parameters<typeof fleetOrder>[0], tasks: readonly Task[]): readonly number[] {
  const ranks = tasks.map(() => 0);
  for (const [rank, index] of fleetOrder(queued, workOfEach(tasks)).entries()) ranks[index] = rank + 1;
  return ranks;
}

interface Announced {
  readonly registry: Registry;
  readonly queue: BullQueue;
  readonly identity: string;
  readonly blobs: BlobStore;
  readonly fleet: FleetChoice;
}

/** Lets agents know where results go and what they are tested by, again every few seconds. */
async function announce({ registry, queue, identity, blobs, fleet }: Announced): Promise<NodeJS.Timeout> {
  const record = {
    identity,
    version: packageVersion(),
    blobs: blobs.url,
    golden: await goldenHash(),
    host: hostname(),
  };
  await registry.writeCoordinator(record);
  const beat = async (): Promise<void> => {
    await registry.writeCoordinator(record);
    const agents = await queue.agents();
    fleet.onStatus?.({ agents: agents.length, ...(await queue.counts()) });
  };
  // While Redis is away there is nobody to be told.
  return setInterval(() => beat().catch(() => {}), beatMs);
}

/** What agents are tested by, computed here on kernels that are tested first. */
async function goldenHash(): Promise<string> {
  const loadMnist = (): Promise<never> => Promise.reject(new Error('none is needed'));
  const { hash } = (await runTrial(goldenTrial, { loadMnist })).summary;
  const slot = createSlot({ checkpointEveryMs: beatMs });
  await slot.check(hash).finally(slot.end);
  return hash;
}
