import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../../base/errors.js';
import { engineRevision, kernelsDigest } from '../../../../engine/index.js';
import { type BlobStore, blobNames } from '../../../../fleet/blobs.js';
import type { Compared } from '../../../../fleet/coordinator/outcome.js';
import { type Accepted, JobProblem, type ResultDesk } from '../../../../fleet/fleet-queue.js';
import {
  type JobData,
  type KeptMoment,
  type Manifest,
  type Need,
  parseJobId,
  parseManifest,
  type Segment,
} from '../../../../fleet/job.js';
import { largeBytes } from '../../../../fleet/job-class.js';
import type { Machine, Store } from '../../../../lab/store.js';
import type { Task } from '../../../../lab/task.js';
import { unrecorded } from '../../../../lab/task-recorder.js';
import { specsOf } from '../../../../tasks/cost/cost.js';
import { memoryPlanner } from '../../../../tasks/cost/memory.js';
import { needsOf } from '../../../../tasks/task.js';
import type { TrialSpec } from '../../../../tasks/trial-spec.js';
import { loadMnist } from '../../data/mnist-source.js';
import { readJson, removeFolder, syncAll } from '../../files.js';
import { thisMachine } from '../../machine/machine.js';
import { makeOwnFolder } from '../../own-folder.js';
import { placeTask, type TaskFolder } from '../../store/place-task.js';
import { setAside } from '../../store/set-aside.js';
import { taskFiles } from '../../store/task-files.js';
import { needsMnist, runLocally } from '../../workers/local-lab.js';
import type { StopRequest } from '../../workers/stop-request.js';
import { createSlot } from '../agent/slot.js';
import { momentDigest, runSegment, segmentHands, segmentOf } from '../segments.js';
import { areItsHands } from '../signatures.js';
import { getTask, putTask } from '../task-blobs.js';

/** Where results go. */
export interface DeskOptions {
  readonly tasks: readonly Task[];
  readonly store: Store;
  readonly blobs: BlobStore;
  /** By which agents know them. */
  readonly mark: string;
  readonly stop: StopRequest;
  readonly dataDir?: string;
}

interface Desk extends DeskOptions {
  readonly memoryOf: ReturnType<typeof memoryPlanner>;
  /** Moments of results that are in the store, by their positions. */
  readonly kept: Map<number, readonly KeptMoment[]>;
  /** What agents are sent of trials that others start from, by id. */
  readonly offered: Map<string, Promise<Need>>;
}

/** A desk over a store and the blobs of a fleet. Only for who holds the store's lock. */
export function createResultDesk(options: DeskOptions): ResultDesk {
  const { tasks, store, blobs } = options;
  const specs = specsOf(tasks);
  const storedSpec = (id: string): TrialSpec | undefined => (store.has(id) ? store.readFinished(id).spec : undefined);
  const memoryOf = memoryPlanner((id) => specs(id) ?? storedSpec(id));
  const desk: Desk = { ...options, memoryOf, kept: new Map(), offered: new Map() };
  return {
    offer: (index, wanted) => offer(desk, index, wanted),
    has: (job) => blobs.has(blobNames.manifest(job)),
    accept: (index, job) => accept(desk, index, job),
    compare: (index, job, segment) => compare(desk, index, { job, ...(segment !== undefined && { segment }) }),
    judge: (index, segment) =>
      segment === undefined
        ? judge(desk, tasks[index]!)
        : judgeSegment(desk, tasks[index]!, part(desk, index, segment)),
    withdraw(index) {
      const { id, spec } = tasks[index]!;
      const folder = join(store.path, folderOf(spec), id);
      desk.offered.delete(id);
      desk.kept.delete(index);
      if (existsSync(folder)) setAside(store.path, folder);
    },
  };
}

const folderOf = (spec: Task['spec']): TaskFolder => (spec.kind === 'measurement' ? 'measurements' : 'trials');

async function offer(
  desk: Desk,
  index: number,
  { anew, segment }: { readonly anew: boolean; readonly segment?: number },
): Promise<JobData> {
  const { spec } = desk.tasks[index]!;
  const needs = await Promise.all(needsOf(spec).map((id) => offerTrial(desk, id, anew)));
  const only = segment === undefined ? {} : { segment: part(desk, index, segment) };
  const memory = await desk.memoryOf({ spec });
  const large = memory > largeBytes ? { memory } : {};
  return { spec: { ...spec }, needs, blobs: desk.blobs.url, mark: desk.mark, ...large, ...only };
}

const part = ({ kept }: Desk, index: number, segment: number): Segment => segmentOf(kept.get(index) ?? [], segment);

/** Has a trial of the store lie ready for agents, once if not `anew`. */
function offerTrial({ store, blobs, offered }: Desk, id: string, anew: boolean): Promise<Need> {
  const known = offered.get(id);
  if (known !== undefined && !anew) return known;
  const made = (async (): Promise<Need> => {
    const checksums = await putTask(blobs, join(store.path, 'trials', id), anew);
    return { id, hash: store.readSummary(id).hash, checksums };
  })();
  offered.set(id, made);
  made.catch(() => offered.delete(id));
  return made;
}

async function accept({ tasks, store, blobs, offered, kept }: Desk, index: number, job: string): Promise<Accepted> {
  const { id, spec } = tasks[index]!;
  const manifest = await readManifest(blobs, job);
  const { hash, hands, checksums, fromStep } = manifest;
  await blaming(manifest, async () => {
    if (checksums === undefined) throw new UserError('expected the files of the task, got none');
    requireNeeds(store, spec, manifest);
    await placeTask(store.path, {
      id,
      kind: folderOf(spec),
      prove: true,
      async fill(folder) {
        await syncAll(await getTask(blobs, checksums, folder));
        requireOwnEngine(folder);
        requireHash(folder, hash);
      },
    });
  });
  if (spec.kind !== 'measurement' && checksums) offered.set(id, Promise.resolve({ id, hash, checksums }));
  kept.set(index, manifest.kept ?? []);
  const segments = segmentHands(manifest);
  return { hash, hands, ...(segments && { segments }), ...(fromStep !== undefined && { fromStep }) };
}

/** What is wrong with a result is its agent's to answer for; that blobs cannot be reached is not. */
async function blaming(manifest: Pick<Manifest, 'hands' | 'host'>, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { hands, host } = manifest;
    throw new JobProblem({ agent: hands.at(-1)!, host, reason: error.message });
  }
}

async function readManifest(blobs: BlobStore, job: string): Promise<Manifest> {
  const bytes = await blobs.get(blobNames.manifest(job));
  const unknown = { hands: ['unknown'], host: 'unknown' };
  let manifest: Manifest | undefined;
  await blaming(unknown, async () => {
    if (bytes === undefined) throw new UserError(`manifest of ${job}: expected one, got none`);
    manifest = parseManifest(bytes);
    if (manifest.job !== job || manifest.task !== parseJobId(job)?.task) {
      throw new UserError(`manifest of ${job}: expected its own, got that of ${manifest.job}`);
    }
    if (!areItsHands(manifest)) {
      throw new UserError(`manifest of ${job}: expected the signatures of those whom it names, got others`);
    }
  });
  return manifest!;
}

/** It must have started from the trials that are in the store now. */
function requireNeeds(store: Store, spec: Task['spec'], { needs }: Manifest): void {
  for (const id of needsOf(spec)) {
    const hash = store.has(id) ? store.readSummary(id).hash : 'none';
    if (needs[id] === hash) continue;
    throw new UserError(`expected a result that starts from ${id.slice(0, 12)} with hash ${hash}, got ${needs[id]}`);
  }
}

/** What another version computed could not be checked here, and must not come from this queue. */
function requireOwnEngine(folder: string): void {
  const made = readJson(join(folder, taskFiles.provenance)) as Partial<Machine>;
  if (made.kernelsDigest === kernelsDigest && made.engineRevision === engineRevision) return;
  throw new UserError(`${taskFiles.provenance}: expected kernels and engine of this version, got others`);
}

function requireHash(folder: string, hash: string): void {
  const { hash: found } = readJson(join(folder, taskFiles.result)) as { readonly hash?: unknown };
  if (found !== hash) throw new UserError(`${taskFiles.result}: expected hash ${hash}, got ${found}`);
}

async function compare(
  desk: Desk,
  index: number,
  { job, segment }: { readonly job: string; readonly segment?: number },
): Promise<Compared | undefined> {
  const { store, blobs, tasks } = desk;
  try {
    const manifest = await readManifest(blobs, job);
    await blaming(manifest, async () => {
      requireNeeds(store, tasks[index]!.spec, manifest);
      if (manifest.segment !== segment) throw new UserError('expected what was asked for, got another part');
    });
    const { hash, hands } = manifest;
    return { hash, hands, ...(segment !== undefined && (await claimOf(desk, index, segment))) };
  } catch (error) {
    if (error instanceof JobProblem) return undefined;
    throw error;
  }
}

/** What a result says of the moment at the end of a segment; of the last one its hash says it. */
async function claimOf(desk: Desk, index: number, segment: number): Promise<Pick<Compared, 'claim'>> {
  const { until } = part(desk, index, segment);
  if (until === undefined) return {};
  try {
    return { claim: await momentDigest(desk.blobs, until) };
  } catch (error) {
    if (error instanceof UserError) return { claim: null };
    throw error;
  }
}

/** Runs a segment in this process, and keeps nothing of it. */
async function judgeSegment({ store, blobs, dataDir, stop }: Desk, task: Task, segment: Segment): Promise<string> {
  const scratch = makeOwnFolder('descent-judge-');
  const slot = createSlot({ checkpointEveryMs: judgedEveryMs, store: store.path });
  stop.terminate.addEventListener('abort', slot.stop);
  try {
    const reads = needsMnist([task], { known: () => undefined, store });
    const mnist = reads ? await loadMnist(dataDir === undefined ? {} : { dataDir }) : undefined;
    const end = await runSegment(slot, task, {
      segment,
      folder: join(scratch, task.id),
      blobs,
      machine: thisMachine(1),
      onEvent: () => {},
      ...(mnist && { mnist: { train: mnist.train, test: mnist.test } }),
    });
    if (end.state === 'done') return end.hash;
    throw new Error(end.state === 'failed' ? end.reason : 'it was stopped');
  } finally {
    stop.terminate.removeEventListener('abort', slot.stop);
    slot.end();
    removeFolder(scratch);
  }
}

const judgedEveryMs = 600_000;

/** Runs a task in this process, from the trials of the store, and keeps nothing of it. */
async function judge({ store, stop, dataDir }: Desk, task: Task): Promise<string> {
  const [report] = await runLocally([task], {
    workers: 1,
    stop,
    store,
    ...(dataDir !== undefined && { dataDir }),
    known: () => undefined,
    begin: () => unrecorded,
  });
  if (report?.state === 'done') return report.summary.hash;
  throw new Error(report?.state === 'failed' ? report.reason : 'it was stopped');
}
