import { randomBytes } from 'node:crypto';
import { hostname, totalmem } from 'node:os';
import type { Redis } from 'ioredis';
import { UserError } from '../../../../base/errors.js';
import { gibibytes } from '../../../../engine/network/arena.js';
import { fleetIdentity } from '../../../../fleet/identity.js';
import { largeJobLimit } from '../../../../fleet/job-class.js';
import { reasonOf, sleep, within } from '../../../../fleet/limited.js';
import { packageVersion } from '../../package-version.js';
import { openBlobs } from '../blobs/open-blobs.js';
import { connectRedis, type FleetUrl } from '../queue/connect.js';
import { type CoordinatorRecord, openRegistry, type Registry } from '../queue/registry.js';
import { createSigner, type Signer } from '../signatures.js';
import { type JobTaker, takeJobs } from './job-taker.js';
import { createPlaces, NotReached, type Places } from './places.js';
import { deafWatch, joinTakers } from './takers.js';
import { openWorkshop, type Workshop } from './workshop.js';

/** How an agent works. */
export interface AgentOptions {
  readonly url: FleetUrl;
  /** Default: the host's, and something of its own. */
  readonly name?: string;
  /** Tasks side by side. */
  readonly slots: number;
  /** Bytes that all tasks may take together. Default: three quarters of what the machine, or its container, has. */
  readonly memory?: number;
  /** Where results are put, if this machine has another path to it than the coordinator. */
  readonly blobs?: string;
  readonly scratch?: string;
  readonly dataDir?: string;
  /** So long a job is kept for an agent that is silent. Default 120 s. */
  readonly lockMs?: number;
  readonly checkpointEveryMs?: number;
  /** How often a checkpoint is sent where other agents find it. Default 5 minutes. */
  readonly sendEveryMs?: number;
  /** Ends by itself after this time, or after so long without a job. */
  readonly forMs?: number;
  readonly idleExitMs?: number;
  /** When it was asked for, if it had to wait for its machine: milliseconds since 1970. Default: when it starts. */
  readonly launchedAt?: number;
  readonly onNote: (note: string) => void;
}

/** An agent that works until it is stopped. */
export interface Agent {
  readonly name: string;
  /** Jobs that it has ended. @throws UserError if it is refused */
  readonly ended: Promise<number>;
  /** Keeps where each trial stands, gives its jobs back and ends. */
  stop(): void;
}

const defaults = { lockMs: 120_000, checkpointEveryMs: 30_000, sendEveryMs: 300_000 };
const beatMs = 2000;
/** A beat that comes so late came after a sleep of the machine. */
const sleptMs = 60_000;

/** All that belongs to a running agent. */
interface Running {
  readonly options: AgentOptions & typeof defaults;
  readonly name: string;
  readonly signer: Signer;
  readonly redis: Redis;
  readonly registry: Registry;
  readonly places: Places;
  readonly identity: string;
  readonly since: number;
  /** Bytes that a large task may take; 0: none. */
  readonly memory: number;
  readonly isStopping: () => boolean;
  /** Resolves when it is to end: what waits for Redis, which may be away, waits no longer. */
  readonly stopped: Promise<undefined>;
}

/** A container may have less than its machine; without a limit Node says a number beyond all memory, or 0. */
function defaultMemory(): number {
  const limit = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  return 0.75 * Math.min(totalmem(), limit);
}

/** Starts an agent: it tests itself, then takes jobs of its version until it is stopped, drained or refused. */
export function startAgent(options: AgentOptions): Agent {
  const name = options.name ?? `${hostname()}-${randomBytes(3).toString('hex')}`;
  const signer = createSigner(name);
  const controller = new AbortController();
  const { signal } = controller;
  const stopped = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
  const work = async (): Promise<number> => {
    // What cannot be a place at all is not waited for.
    if (options.blobs !== undefined) await openBlobs(options.blobs);
    const redis = await connectRedis(options.url);
    const registry = openRegistry(redis, options.url);
    try {
      const since = await Promise.race([registry.now(), stopped]);
      if (since === undefined) return 0;
      const agent: Running = {
        options: { ...defaults, ...options },
        ...{ name, signer, redis, registry, since, stopped },
        places: createPlaces(options.blobs),
        identity: fleetIdentity(),
        memory: largeJobLimit(options.memory ?? defaultMemory(), options.slots),
        isStopping: () => signal.aborted,
      };
      return await runAgent(agent);
    } finally {
      await within(
        beatMs,
        registry.removeAgent(signer.hand).catch(() => {}),
      );
      redis.disconnect();
    }
  };
  return { name, ended: work(), stop: () => controller.abort() };
}

async function runAgent(agent: Running): Promise<number> {
  const coordinator = await findCoordinator(agent);
  if (coordinator === undefined) return 0;
  const { options, name, signer } = agent;
  const workshop: Workshop = openWorkshop({ ...options, signer, isEnding: agent.isStopping });
  const slots = Array.from({ length: options.slots }, workshop.openSlot);
  // Large tasks have a slot of their own, where there is memory for one. It is tested before the first of them.
  const large = agent.memory > 0 ? [workshop.openSlot()] : [];
  try {
    await firstReached(agent, coordinator);
    const checks = Promise.all(slots.map((slot) => slot.check(coordinator.golden))).catch((error: unknown) => {
      throw new UserError(`agent ${name}: this machine computes wrongly, and is refused: ${reasonOf(error)}`);
    });
    if ((await Promise.race([checks, agent.stopped])) === undefined) return 0;
    const room = large.length > 0 ? `; beside them there is room for a task of ${gibibytes(agent.memory)}` : '';
    options.onNote(`agent ${name}: ${slots.length} threads compute as they must${room}; waiting for tasks`);
    const { hand } = signer;
    const shared = {
      ...agent,
      ...options,
      name,
      hand,
      workshop,
      golden: coordinator.golden,
      memory: agent.memory,
    };
    const takers = [await takeJobs({ ...shared, of: 'cpu', slots, areTested: true })];
    if (large.length > 0) takers.push(await takeJobs({ ...shared, of: 'mem', slots: large, areTested: false }));
    try {
      return await beatUntilEnd(agent, takers);
    } finally {
      await joinTakers(takers).close();
    }
  } finally {
    for (const slot of [...slots, ...large]) slot.end();
    workshop.close();
  }
}

/**
 * Waits for a coordinator of this version; says once why there is nothing to do if there are others alone. Undefined if
 * the agent is to end first.
 */
async function findCoordinator(agent: Running): Promise<CoordinatorRecord | undefined> {
  const { registry, identity, options, name } = agent;
  let said = '';
  for (const began = performance.now(); !agent.isStopping(); await pause(agent, beatMs / 2)) {
    if (await answered(agent, isDrained(agent))) {
      options.onNote(`agent ${name}: drained before it took a task`);
      return undefined;
    }
    const all = await answered(agent, registry.coordinators());
    const own = all?.find((each) => each.identity === identity);
    if (own !== undefined) return own;
    const why = whyIdle(identity, all);
    if (why !== said && !agent.isStopping()) options.onNote(`agent ${name}: waiting, as ${why}`);
    said = why;
    await answered(agent, writeRecord(agent, 'waits', [], 0));
    const waited = performance.now() - began;
    if (waited > (options.idleExitMs ?? Number.POSITIVE_INFINITY)) return undefined;
    if (waited > (options.forMs ?? Number.POSITIVE_INFINITY)) return undefined;
  }
  return undefined;
}

function whyIdle(identity: string, all: readonly CoordinatorRecord[] | undefined): string {
  if (all === undefined) return 'Redis does not answer';
  if (all.length === 0) return 'no run has been started on this fleet';
  return (
    `it computes as version ${packageVersion()} (${identity}), and the fleet runs ${versionsOf(all)}: ` +
    'results of one are not results of the other'
  );
}

const versionsOf = (all: readonly CoordinatorRecord[]): string =>
  all.map(({ version, identity }) => `version ${version} (${identity})`).join(', ');

/** A server that has just been started again is tried for a while before the agent gives up. */
const reachedWithinMs = 30_000;

/** Waits until the place of one run that is on is reached: that of another may be apart from here. */
async function firstReached(agent: Running, first: CoordinatorRecord): Promise<void> {
  const { options, registry, identity, places, isStopping } = agent;
  for (const began = performance.now(); ; await sleep(beatMs)) {
    try {
      const all = (await answered(agent, registry.coordinators())) ?? [first];
      const own = all.filter((each) => each.identity === identity);
      await Promise.any((own.length > 0 ? own : [first]).map(places.open)).catch(({ errors }: AggregateError) => {
        throw errors.find((error) => error instanceof NotReached) ?? errors[0];
      });
      return;
    } catch (error) {
      const isLate = performance.now() - began > reachedWithinMs;
      if (isStopping() || isLate || !(error instanceof NotReached)) throw error;
      options.onNote(`${reasonOf(error)}; trying again`);
    }
  }
}

type State = 'works' | 'waits' | 'drains';

function writeRecord(agent: Running, state: State, running: readonly string[], done: number): Promise<void> {
  const { registry, places, name, signer, identity, since, memory, options } = agent;
  const version = packageVersion();
  const record = {
    name,
    hand: signer.hand,
    host: hostname(),
    identity,
    version,
    state,
    slots: options.slots,
    memory,
    unreached: [...places.unreached()],
    running: [...running],
    done,
    since,
  };
  return registry.writeAgent(record);
}

/** Since when something lasts, in milliseconds of this process. */
interface Clocks {
  idle: number;
  beat: number;
}

/** Says every few seconds that the agent is there, and listens to what it is asked. Returns how many jobs it ended. */
async function beatUntilEnd(agent: Running, takers: readonly JobTaker[]): Promise<number> {
  const { forMs = Number.POSITIVE_INFINITY, idleExitMs = Number.POSITIVE_INFINITY, onNote } = agent.options;
  const taker = joinTakers(takers);
  const renewDeaf = deafWatch(takers, (note) => onNote(`agent ${agent.name}: ${note}`));
  const began = performance.now();
  const clocks: Clocks = { idle: began, beat: Date.now() };
  for (let isLeaving = false; !agent.isStopping() && performance.now() - began < forMs; await pause(agent, beatMs)) {
    const refusal = taker.refusal();
    if (refusal !== undefined) throw new UserError(refusal);
    if (Date.now() - clocks.beat > sleptMs) taker.checkAgain();
    clocks.beat = Date.now();
    const isIdle = taker.running().length === 0;
    if (!isIdle) clocks.idle = performance.now();
    if (isIdle && (isLeaving || performance.now() - clocks.idle > idleExitMs)) break;
    // While Redis is away nobody asks for anything.
    isLeaving = (await answered(agent, beat(agent, taker))) ?? isLeaving;
    if (!isLeaving) await answered(agent, renewDeaf());
  }
  return taker.done();
}

/** Redis is away if it has not answered after so long. */
const answerMs = 15_000;

/** Returns whether the agent is to take nothing any more. @throws UserError if it is not believed any more */
async function beat(agent: Running, taker: ReturnType<typeof joinTakers>): Promise<boolean> {
  const { registry, name, signer } = agent;
  const reason = (await registry.banned())[signer.hand];
  if (reason !== undefined) throw new UserError(`agent ${name}: not believed by this fleet any more: ${reason}`);
  const isToLeave = await isDrained(agent);
  if (isToLeave) taker.pause();
  taker.cancelBefore(await registry.cancelledAt());
  const running = taker.running();
  await writeRecord(agent, isToLeave ? 'drains' : 'works', running, taker.done());
  return isToLeave;
}

/** Whether it was asked to leave since it is there, or since it was launched. */
const isDrained = ({ registry, name, since, options: { launchedAt = since } }: Running): Promise<boolean> =>
  registry.isDrained(name, Math.min(since, launchedAt));

/** What Redis answers; undefined if that takes too long, or the agent is to end. */
function answered<T>({ stopped }: Running, answer: Promise<T>): Promise<T | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), answerMs).unref());
  return Promise.race([answer, stopped, late]);
}

/** Waits, unless the agent is to end. */
const pause = ({ stopped }: Running, ms: number): Promise<void> => within(ms, stopped);
