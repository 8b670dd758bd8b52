import { hostname } from 'node:os';
import { within } from '../../../../fleet/limited.js';
import { runTrial } from '../../../../tasks/run-trial.js';
import { goldenTrial } from '../../machine/golden-trial.js';
import { packageVersion } from '../../package-version.js';
import { createSlot } from '../agent/slot.js';
import type { BullQueue } from '../queue/bull-queue.js';
import type { AgentRecord, CoordinatorRecord, Registry } from '../queue/registry.js';
import { createIdleWatch } from './idle-watch.js';

/** How a fleet is. */
export interface FleetStatus {
  readonly agents: number;
  /** Tasks that they run side by side. */
  readonly slots: number;
  readonly waiting: number;
  readonly running: number;
}

/** What a coordinator makes known, and listens to. */
export interface AnnounceOptions {
  readonly registry: Registry;
  readonly queue: BullQueue;
  readonly identity: string;
  /** The place of results. */
  readonly blobs: string;
  /** What lies there. */
  readonly mark: string;
  readonly onNote: (note: string) => void;
  readonly onStatus?: (status: FleetStatus) => void;
}

/** A coordinator that agents know of until it ends. */
export interface Announcement {
  end(): Promise<void>;
}

const goneMs = 1000;
const beatMs = 5000;

/** Lets agents know where results go and what they are tested by, again every few seconds, and watches them. */
export async function announce(options: AnnounceOptions): Promise<Announcement> {
  const { registry, queue, identity, blobs, mark, onNote, onStatus } = options;
  const record = { identity, version: packageVersion(), blobs, mark, golden: await goldenHash(), host: hostname() };
  await noteOthers(options);
  const idleWatch = createIdleWatch(onNote);
  const beat = async (): Promise<void> => {
    await registry.writeCoordinator(record);
    const able = (await queue.agents()).map(({ name }) => name);
    const counts = await queue.counts();
    const total = (of: 'waiting' | 'running'): number => counts.reduce((sum, each) => sum + each[of], 0);
    const agents = await registry.agents();
    const there = agents.filter(({ hand }) => able.includes(hand));
    const slots = there.reduce((sum, agent) => sum + agent.slots, 0);
    onStatus?.({ agents: there.length, slots, waiting: total('waiting'), running: total('running') });
    idleWatch({ queues: counts, agents: there, largest: queue.largest() });
    const strangers = agents.filter((agent) => agent.identity !== identity);
    if (strangers.length > 0) onNote(strangersText(strangers));
    const apart = agents.filter(({ unreached }) => unreached.includes(blobs));
    if (apart.length > 0) onNote(apartText(apart, blobs));
  };
  await beat();
  // While Redis is away nobody listens.
  const timer = setInterval(() => beat().catch(() => {}), beatMs);
  return {
    end() {
      clearInterval(timer);
      // Without Redis the record grows old by itself.
      return within(
        goneMs,
        registry.removeCoordinator(record).catch(() => {}),
      );
    },
  };
}

/** A coordinator that was there just now, with other results; one that was killed has the same. */
async function noteOthers({ registry, identity, blobs, onNote }: AnnounceOptions): Promise<void> {
  const now = await registry.now();
  const isAnother = (each: CoordinatorRecord): boolean =>
    each.identity === identity && each.blobs !== blobs && each.seen > now - 2 * beatMs;
  const other = (await registry.coordinators()).find(isAnother);
  if (other === undefined) return;
  onNote(
    `another run of this project is on, with results in ${other.blobs}: a task that both want is run for each; ` +
      '?project=NAME behind the URL keeps runs apart',
  );
}

const strangersText = (agents: readonly AgentRecord[]): string =>
  `${agents.map(({ name, version }) => `${name} (version ${version})`).join(', ')}: waits, as it computes as another ` +
  'version: results of one are not results of the other';

const apartText = (agents: readonly AgentRecord[], blobs: string): string =>
  `${agents.map(({ name }) => name).join(', ')}: cannot put results into ${blobs}, and is not counted; ` +
  'descent work --blobs names another path to it';

let golden: Promise<string> | undefined;

/** What agents are tested by, computed here, once, on kernels that are tested first. */
function goldenHash(): Promise<string> {
  golden ??= computeGolden();
  return golden;
}

async function computeGolden(): Promise<string> {
  const loadMnist = (): Promise<never> => Promise.reject(new Error('none is needed'));
  const { hash } = (await runTrial(goldenTrial, { loadMnist })).summary;
  const slot = createSlot({ checkpointEveryMs: beatMs });
  await slot.check(hash).finally(slot.end);
  return hash;
}
