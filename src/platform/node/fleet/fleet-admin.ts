import type { Queue } from 'bullmq';
import { UserError } from '../../../base/errors.js';
import { type JobClass, jobClasses } from '../../../fleet/job-class.js';
import { loadPeer } from './load-peer.js';
import { countsOf, type QueueCounts, queueName, queuePrefix } from './queue/bull-queue.js';
import { connectRedis, parseFleetUrl } from './queue/connect.js';
import { type AgentRecord, type CoordinatorRecord, openRegistry, type Registry } from './queue/registry.js';

/** All that is known of a fleet. */
export interface FleetOverview {
  /** Milliseconds since 1970, by Redis's clock. */
  readonly now: number;
  readonly coordinators: readonly CoordinatorRecord[];
  readonly agents: readonly AgentRecord[];
  readonly queues: readonly QueueCounts[];
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
  const bull = await loadPeer('bullmq', () => import('bullmq'));
  const redis = await connectRedis(url);
  const registry = openRegistry(redis, url);
  const open = (identity: string, of: JobClass): OpenQueue => {
    const name = queueName(url, identity, of);
    const queue = new bull.Queue(name, { connection: redis, prefix: queuePrefix, skipMetasUpdate: true });
    queue.on('error', () => {});
    return { of, queue };
  };
  const queues = async (): Promise<readonly OpenQueue[]> => {
    const identities = await identitiesIn(registry);
    return identities.flatMap((identity) => jobClasses.map((of) => open(identity, of)));
  };
  return {
    status: async () => overview(registry, await queues()),
    drain: (agent) => drain(registry, agent),
    cancel: async () => cancelAll(registry, await queues()),
    close: async () => redis.disconnect(),
  };
}

/** @throws UserError if there is no such agent */
async function drain(registry: Registry, agent: string | undefined): Promise<void> {
  const names = (await registry.agents()).map(({ name }) => name);
  if (agent === undefined || names.includes(agent)) return registry.drain(agent);
  const there = names.length > 0 ? names.join(', ') : 'none at all';
  throw new UserError(`fleet: expected an agent that is there (${there}), got ${JSON.stringify(agent)}`);
}

interface OpenQueue {
  readonly of: JobClass;
  readonly queue: Queue;
}

async function identitiesIn(registry: Registry): Promise<readonly string[]> {
  const all = [...(await registry.coordinators()), ...(await registry.agents())];
  return [...new Set(all.map(({ identity }) => identity))];
}

async function overview(registry: Registry, queues: readonly OpenQueue[]): Promise<FleetOverview> {
  return {
    now: await registry.now(),
    coordinators: await registry.coordinators(),
    agents: await registry.agents(),
    queues: await Promise.all(queues.map(({ of, queue }) => countsOf(queue, of))),
    banned: await registry.banned(),
  };
}

/** Coordinators and agents end first, so that nobody puts back what is taken out. */
async function cancelAll(registry: Registry, queues: readonly OpenQueue[]): Promise<number> {
  await registry.cancel();
  let removed = 0;
  for (const { queue } of queues) {
    removed += await queue.getJobCountByTypes('wait', 'prioritized', 'delayed');
    await queue.drain(true);
  }
  return removed;
}
