import type { Redis } from 'ioredis';
import { z } from 'zod';
import { type FleetUrl, keyOf } from './connect.js';

// Who is there: small records beside the queue, each written anew every few seconds. Whatever is lost of it comes
// again.

/** An agent's record is old after so long, and is swept away after so much longer. */
const oldAfterMs = 60_000;
const sweptAfterMs = 600_000;

const coordinator = z.object({
  identity: z.string(),
  version: z.string(),
  /** Where results are put, and the mark that it has left there. */
  blobs: z.string(),
  mark: z.string().exactOptional(),
  /** Result hash of the trial that agents are tested by. */
  golden: z.string(),
  host: z.string(),
  seen: z.number(),
});
/** A coordinator, and where its blobs are. */
export type CoordinatorRecord = z.output<typeof coordinator>;

const agent = z.object({
  name: z.string(),
  /** Its name, and the digest of its key: what results and bans name. */
  hand: z.string(),
  host: z.string(),
  identity: z.string(),
  version: z.string(),
  /** `works`; `waits` for a coordinator of its version; `drains`: takes nothing any more. */
  state: z.enum(['works', 'waits', 'drains']),
  slots: z.number(),
  /** Bytes that a large task may take there; 0: it takes none. */
  memory: z.number(),
  /** Places of results that it does not reach. */
  unreached: z.array(z.string()).default([]),
  running: z.array(z.string()),
  done: z.number(),
  since: z.number(),
  seen: z.number(),
});
/** An agent, and what it does. Times are milliseconds since 1970, by its own clock and, for `seen`, by Redis's. */
export type AgentRecord = z.output<typeof agent>;

/** The records of a project. */
export interface Registry {
  writeCoordinator(record: Omit<CoordinatorRecord, 'seen'>): Promise<void>;
  removeCoordinator(record: Pick<CoordinatorRecord, 'identity' | 'blobs'>): Promise<void>;
  /** Those that were seen lately, the last one first. */
  coordinators(): Promise<readonly CoordinatorRecord[]>;
  writeAgent(record: Omit<AgentRecord, 'seen'>): Promise<void>;
  removeAgent(hand: string): Promise<void>;
  /** Agents that were seen lately. */
  agents(): Promise<readonly AgentRecord[]>;
  ban(hand: string, reason: string): Promise<void>;
  /** Reasons by hand. */
  banned(): Promise<Readonly<Record<string, string>>>;
  /** Asks an agent, or all that are there now, to take nothing any more. */
  drain(name: string | undefined): Promise<void>;
  /** Whether an agent is to take nothing any more, which has been there since then. */
  isDrained(name: string, since: number): Promise<boolean>;
  /** Asks all runs that are on to end. */
  cancel(): Promise<void>;
  /** When that was asked for last, by Redis's clock. */
  cancelledAt(): Promise<number>;
  /** Milliseconds since 1970, by Redis's clock: machines need not agree on the time. */
  now(): Promise<number>;
}

const everyone = '*';

/** Runs of one version and one place of results are one: the later takes over. */
const placeOf = ({ identity, blobs }: Pick<CoordinatorRecord, 'identity' | 'blobs'>): string => `${identity} ${blobs}`;

/** The records of a project in Redis. */
export function openRegistry(redis: Redis, url: FleetUrl): Registry {
  const key = (name: string): string => keyOf(url, name);
  const now = async (): Promise<number> => {
    const [seconds, micros] = await redis.time();
    return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
  };
  const recordsOf = async <T extends { readonly seen: number }>(name: string, schema: z.ZodType<T>) => {
    const all = Object.entries(await redis.hgetall(key(name)));
    const time = await now();
    const records = all.map(([field, text]) => [field, readRecord(schema, text)] as const);
    const swept = records.filter(([, record]) => !record || record.seen < time - oldAfterMs - sweptAfterMs);
    if (swept.length > 0) await redis.hdel(key(name), ...swept.map(([field]) => field));
    return records.flatMap(([, record]) => (record && record.seen >= time - oldAfterMs ? [record] : []));
  };
  const write = async (name: string, field: string, record: object): Promise<void> => {
    await redis.hset(key(name), field, JSON.stringify({ ...record, seen: await now() }));
  };
  return {
    now,
    writeCoordinator: (record) => write('coordinators', placeOf(record), record),
    removeCoordinator: async (record) => void (await redis.hdel(key('coordinators'), placeOf(record))),
    coordinators: async () => (await recordsOf('coordinators', coordinator)).sort((a, b) => b.seen - a.seen),
    writeAgent: (record) => write('agents', record.hand, record),
    removeAgent: async (hand) => void (await redis.hdel(key('agents'), hand)),
    agents: () => recordsOf('agents', agent),
    ban: async (hand, reason) => void (await redis.hset(key('banned'), hand, reason)),
    banned: () => redis.hgetall(key('banned')),
    drain: async (name = everyone) => void (await redis.hset(key('drained'), name, await now())),
    async isDrained(name, since) {
      const times = await redis.hmget(key('drained'), name, everyone);
      return times.some((time) => Number(time ?? 0) > since);
    },
    cancel: async () => void (await redis.set(key('cancelled'), await now())),
    cancelledAt: async () => Number((await redis.get(key('cancelled'))) ?? 0),
  };
}

function readRecord<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
