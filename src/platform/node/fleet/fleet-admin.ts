import type { Queue } from 'bullmq';
import { loadPeer } from './load-peer.js';
import { queueName, queuePrefix } from './queue/bull-queue.js';
import { connectRedis, parseFleetUrl } from './queue/connect.js';
import { type AgentRecord, type CoordinatorRecord, openRegistry, type Registry } from './queue/registry.js';

/** All that is known of a fleet. */
export interface FleetOverview {
  /** Milliseconds since 1970, by Redis's clock. */
  readonly now: number;
  readonly coordinators: readonly CoordinatorRecord[];
  readonly agents: readonly AgentRecord[];
  readonly queues: readonly { readonly name: string; readonly waiting: number; readonly running: number }[];
  /** Agents that are not believed any more, and why. */
  readonly banned: Readonly<Record<string, string>>;
}

/** A fleet, for who looks after it. */
export interface FleetAdmin {
  status(): Promise<FleetOverview>;
  drain(agent: string | undefined): Promise<void>;
  /** Ends all runs; returns the number of jobs that were waiting. */
  cancel(): Promise<number>;
  close(): Promise<void>;
}

/** Opens a fleet. @throws UserError if its Redis does not answer */
export async function openFleet(text: string): Promise<FleetAdmin> {
  const url = parseFleetUrl(text);
  const redis = await connectRedis(url);
  const registry = openRegistry(redis, url);
  const bull = await loadPeer('bullmq', () => import('bullmq'));
  const open = (identity: string): Queue => {
    const queue = new bull.Queue(queueName(url, identity), {
      connection: redis,
      prefix: queuePrefix,
      skipMetasUpdate: true,
    });
    queue.on('error', () => {});
    return queue;
  };
  const queues = async (): Promise<readonly Queue[]> => (await identitiesIn(registry)).map(open);
  return {
    status: async () => overview(registry, await queues()),
    drain: registry.drain,
    cancel: async () => cancelAll(registry, await queues()),
    close: async () => redis.disconnect(),
  };
}

async function identitiesIn(registry: Registry): Promise<readonly string[]> {
  const all = [...(await registry.coordinators()), ...(await registry.agents())];
  return [...new Set(all.map(({ identity }) => identity))];
}

async function overview(registry: Registry, queues: readonly Queue[]): Promise<FleetOverview> {
  const counts = [];
  for (const queue of queues) {
    const { wait = 0, prioritized = 0, delayed = 0, active = 0 } = await queue.getJobCounts();
    counts.push({ name: queue.name, waiting: wait + prioritized + delayed, running: active });
  }
  return {
    now: await registry.now(),
    coordinators: await registry.coordinators(),
    agents: await registry.agents(),
    queues: counts,
    banned: await registry.banned(),
  };
}

/** Coordinators and agents end first, so that nobody puts back what is taken out. */
async function cancelAll(registry: Registry, queues: readonly Queue[]): Promise<number> {
  await registry.cancel();
  let removed = 0;
  for (const queue of queues) {
    removed += await queue.getJobCountByTypes('wait', 'prioritized', 'delayed');
    await queue.drain(true);
  }
  return removed;
}
