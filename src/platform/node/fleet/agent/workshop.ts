import { hostname } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../../../base/errors.js';
import type { Mnist } from '../../../../data/index.js';
import { type BlobStore, blobNames } from '../../../../fleet/blobs.js';
import {
  bytesOf,
  type JobData,
  type JobName,
  jobId,
  type KeptMoment,
  type Manifest,
  type Need,
  parseManifest,
  type Segment,
} from '../../../../fleet/job.js';
import { reasonOf, sleep } from '../../../../fleet/limited.js';
import type { Machine, Store } from '../../../../lab/store.js';
import type { Task } from '../../../../lab/task.js';
import { needsOf } from '../../../../tasks/task.js';
import type { TaskEvent, TaskProgress } from '../../../../tasks/task-event.js';
import { loadMnist } from '../../data/mnist-source.js';
import { makeFolder, removeFolder } from '../../files.js';
import { thisMachine } from '../../machine/machine.js';
import { makeOwnFolder } from '../../own-folder.js';
import { beginPartial } from '../../store/partial-task.js';
import { openStore } from '../../store/store.js';
import { taskFiles } from '../../store/task-files.js';
import { needsMnist } from '../../workers/local-lab.js';
import { runSegment } from '../segments.js';
import { handsOf, type Signer } from '../signatures.js';
import { getTask, putTask } from '../task-blobs.js';
import { createSlot, type Slot } from './slot.js';
import { fetchCheckpoint, sendCheckpoint, type Traveller } from './travel.js';

/** How an agent does its jobs. */
export interface WorkshopOptions {
  readonly signer: Signer;
  readonly slots: number;
  /** Default: a new folder among the system's temporary ones, which is removed in the end. */
  readonly scratch?: string;
  readonly dataDir?: string;
  readonly checkpointEveryMs: number;
  /** How often a checkpoint is sent where other agents find it. */
  readonly sendEveryMs: number;
  readonly onNote: (note: string) => void;
  /** Whether the agent is to end soon: nothing is tried again for long. */
  readonly isEnding: () => boolean;
}

/** What an agent needs to do jobs, but for the threads. */
export interface Workshop {
  /** Does a job in a slot: fetches what it needs, runs it and leaves what came of it. */
  run(slot: Slot, job: WorkshopJob): Promise<JobEnd>;
  /** A new slot, whose thread finds the trials that were fetched. */
  openSlot(): Slot;
  close(): void;
}

/** A job, and who listens to it. */
export interface WorkshopJob {
  readonly name: JobName;
  readonly task: Task;
  readonly data: JobData;
  readonly blobs: BlobStore;
  readonly onProgress: (progress: TaskProgress) => void;
  /** A checkpoint is where others find it: the job gets on. */
  readonly onSent: () => void;
}

/** How a job ended. */
export type JobEnd =
  | { readonly state: 'done'; readonly hash: string }
  | { readonly state: 'failed'; readonly reason: string }
  | { readonly state: 'interrupted' }
  /** For a reason that lies in this machine, and that its next job would meet too. */
  | { readonly state: 'unable'; readonly reason: string };

interface Shop extends WorkshopOptions {
  readonly folder: string;
  readonly store: Store;
  readonly machine: Machine;
  /** Trials that are being fetched, by id and list of files. */
  readonly fetched: Map<string, Promise<void>>;
  mnist: Promise<Mnist> | undefined;
}

/** How many fetched trials are kept for jobs that may need them again. */
const keptTrials = 64;

/** Opens the workshop of an agent, with a folder for what it has in hand. */
export function openWorkshop(options: WorkshopOptions): Workshop {
  const { scratch, slots } = options;
  const folder = scratch ?? makeOwnFolder('descent-agent-');
  makeFolder(join(folder, 'jobs'));
  const store = openStore(folder);
  const shop: Shop = { ...options, folder, store, machine: thisMachine(slots), fetched: new Map(), mnist: undefined };
  return {
    run: (slot, job) => runJob(shop, slot, job),
    openSlot: () => createSlot({ checkpointEveryMs: shop.checkpointEveryMs, store: store.path }),
    close: () => {
      if (scratch === undefined) removeFolder(folder);
    },
  };
}

/** Does a job; what only this machine is to blame for is not said to be the task's. */
async function runJob(shop: Shop, slot: Slot, job: WorkshopJob): Promise<JobEnd> {
  try {
    const end = await doJob(shop, slot, job);
    return end.state === 'failed' && isFull(end.reason) ? { ...end, state: 'unable' } : end;
  } catch (error) {
    if (error instanceof OwnFault || isFull(reasonOf(error))) return { state: 'unable', reason: reasonOf(error) };
    throw error;
  }
}

/** What no task is to blame for, but this machine. */
class OwnFault extends UserError {}

/** Whether a reason is that nothing can be written here any more, as Node begins it. */
const isFull = (reason: string): boolean => /^(ENOSPC|EDQUOT|EROFS|EFBIG):/.test(reason);

function blameFull(error: unknown): never {
  throw isFull(reasonOf(error)) ? new OwnFault(reasonOf(error)) : error;
}

async function doJob(shop: Shop, slot: Slot, job: WorkshopJob): Promise<JobEnd> {
  const id = jobId(job.name);
  const folder = join(shop.folder, 'jobs', id);
  const what = 'what a job needs could not be fetched';
  const ready = await patiently(shop, what, () => prepare(shop, job, { id, folder }).catch(blameFull), fetchingMs);
  if (ready === undefined) return { state: 'interrupted' };
  if ('hash' in ready) return { state: 'done', hash: ready.hash };
  const { segment } = job.data;
  const place: JobPlace = { id, folder, images: await imagesFor(shop, job.task) };
  const end = segment
    ? await runPart(shop, slot, job, { ...place, segment })
    : await runWhole(shop, slot, job, { ...place, kept: ready.kept });
  if (end.state !== 'done') return end;
  const isLeft = await patiently(
    shop,
    'a result could not be left, and waits here',
    () => leave(shop, job, end),
    Number.POSITIVE_INFINITY,
  );
  removeFolder(folder);
  return isLeft ? { state: 'done', hash: end.hash } : { state: 'interrupted' };
}

/** Where a job is done, and with which images. */
interface JobPlace {
  readonly id: string;
  readonly folder: string;
  readonly images: { readonly mnist?: Mnist };
}

/** What is left of a job that is done, beside its files. */
interface Left extends Pick<Manifest, 'hash' | 'durationMs' | 'fromStep' | 'hands' | 'kept' | 'segment'> {
  readonly state: 'done';
  readonly id: string;
  readonly folder: string;
}

type NotDone = Exclude<JobEnd, { readonly state: 'done' }>;

async function runWhole(
  shop: Shop,
  slot: Slot,
  job: WorkshopJob,
  { id, folder, images, kept: earlier }: JobPlace & { readonly kept: readonly KeptMoment[] },
): Promise<Left | NotDone> {
  const { signer } = shop;
  const traveller: Traveller = { job: id, folder, signer, kept: earlier };
  const sender = createSender(shop, job, traveller);
  // What is left of it is among the blobs: here it need not outlive the machine.
  const begin = (task: Task) => beginPartial(folder, task, shop.machine, { isLasting: false });
  const report = await slot.run(job.task, { begin, onEvent: sender.listen, ...images });
  if (report.state === 'failed') return report;
  if (report.state === 'interrupted') {
    await sender.sendLast();
    return { state: 'interrupted' };
  }
  const { durationMs, fromStep, summary } = report;
  const { kept } = traveller;
  return {
    state: 'done',
    ...{ id, folder, hash: summary.hash, durationMs },
    hands: handsOf(kept, signer.hand),
    ...(kept.length > 0 && { kept: [...kept] }),
    ...(fromStep !== undefined && { fromStep }),
  };
}

async function runPart(
  shop: Shop,
  slot: Slot,
  { task, blobs, onProgress }: WorkshopJob,
  { id, folder, images, segment }: JobPlace & { readonly segment: Segment },
): Promise<Left | NotDone> {
  const { machine, signer } = shop;
  const onEvent = (event: TaskEvent): void => {
    if (event.kind === 'progress') onProgress(event.progress);
  };
  const end = await runSegment(slot, task, { segment, folder, blobs, machine, onEvent, ...images });
  return end.state === 'done' ? { ...end, id, folder, hands: [signer.hand], segment: segment.index } : end;
}

/** After so long others may try to fetch what a job needs. */
const fetchingMs = 60_000;
const longestPauseMs = 30_000;

/**
 * Tries again as long as blobs cannot be reached; undefined after some time, or once the agent is to end. That
 * something in them is damaged is another matter.
 */
async function patiently<T>(shop: Shop, what: string, act: () => Promise<T>, ms: number): Promise<T | undefined> {
  const began = performance.now();
  for (let pauseMs = 500; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      return await act();
    } catch (error) {
      if (error instanceof UserError) throw error;
      shop.onNote(`${what}: ${reasonOf(error)}`);
    }
    if (shop.isEnding() || performance.now() - began > ms) return undefined;
    await sleep(pauseMs);
  }
}

type Ready = { readonly hash: string } | { readonly kept: readonly KeptMoment[] };

/** Has all that a job needs lie here; or finds that it has been done. */
async function prepare(
  shop: Shop,
  job: WorkshopJob,
  { id, folder }: { readonly id: string; readonly folder: string },
): Promise<Ready> {
  requireNeeds(job);
  removeFolder(folder);
  // Side by side, as each of them waits for a disk or a server.
  const needs = Promise.all(job.data.needs.map((need) => fetchTrial(shop, job.blobs, need)));
  const checkpoint = job.data.segment ? [] : fetchCheckpoint(job.blobs, id, folder);
  const [hash, kept] = await Promise.all([readKnownHash(job, id), checkpoint, needs]);
  return hash === undefined ? { kept } : { hash };
}

/** Another agent may have ended the same job already. */
async function readKnownHash({ blobs }: WorkshopJob, id: string): Promise<string | undefined> {
  const bytes = await blobs.get(blobNames.manifest(id));
  if (bytes === undefined) return undefined;
  return parseManifest(bytes).hash;
}

/** A queue could name other trials than the task starts from. */
function requireNeeds({ task, data }: WorkshopJob): void {
  const named = data.needs.map(({ id }) => id).sort();
  const wanted = [...needsOf(task.spec)].sort();
  if (named.join() !== wanted.join()) throw new UserError(`needs: expected ${wanted.join()}, got ${named.join()}`);
}

/** Fetches a trial that jobs start from into the store of this agent, once. */
async function fetchTrial(shop: Shop, blobs: BlobStore, { id, checksums }: Need): Promise<void> {
  const key = `${id} ${checksums}`;
  const known = shop.fetched.get(key);
  if (known !== undefined) return known;
  const fetching = placeNeed(shop, blobs, id, checksums);
  shop.fetched.set(key, fetching);
  fetching.catch(() => shop.fetched.delete(key));
  await fetching;
  sweep(shop);
}

/** All that tasks read of a trial; its rows they never do. */
const isRead = (name: string): boolean => name !== taskFiles.metrics && name !== taskFiles.predictions;

async function placeNeed({ store }: Shop, blobs: BlobStore, id: string, checksums: string): Promise<void> {
  const folder = join(store.path, 'trials', id);
  removeFolder(folder);
  makeFolder(folder);
  await getTask(blobs, checksums, folder, isRead);
}

/** Those that were fetched first are removed first. */
function sweep({ fetched, store }: Shop): void {
  for (const key of [...fetched.keys()].slice(0, Math.max(0, fetched.size - keptTrials))) {
    fetched.delete(key);
    removeFolder(join(store.path, 'trials', key.split(' ')[0]!));
  }
}

/** The images, where a task reads them: loaded once. */
async function imagesFor(shop: Shop, task: Task): Promise<{ readonly mnist?: Mnist }> {
  const { store, dataDir } = shop;
  if (!needsMnist([task], { known: () => undefined, store })) return {};
  shop.mnist ??= loadMnist(dataDir === undefined ? {} : { dataDir });
  const { train, test } = await shop.mnist.catch((error: unknown) => {
    throw new OwnFault(reasonOf(error));
  });
  return { mnist: { train, test } };
}

/** Passes progress on, and sends checkpoints now and then, one at a time; the last one after all others. */
function createSender(shop: Shop, job: WorkshopJob, traveller: Traveller) {
  let sentAt = performance.now();
  let sending: Promise<void> | undefined;
  const send = async (): Promise<void> => {
    try {
      if ((await sendCheckpoint(job.blobs, traveller)) !== undefined) job.onSent();
    } catch (error) {
      shop.onNote(`a checkpoint could not be sent: ${reasonOf(error)}`);
    }
    sentAt = performance.now();
    sending = undefined;
  };
  return {
    listen(event: TaskEvent): void {
      if (event.kind === 'progress') job.onProgress(event.progress);
      const isDue = event.kind === 'checkpoint' && performance.now() - sentAt >= shop.sendEveryMs;
      if (isDue) sending ??= send();
    },
    async sendLast(): Promise<void> {
      await sending;
      await send();
    },
  };
}

/**
 * Leaves what came of a job where the coordinator finds it. The manifest comes last, at one moment, when all that it
 * names is there. An audit leaves nothing but that.
 */
async function leave({ signer }: Shop, { name, task, data, blobs }: WorkshopJob, left: Left): Promise<true> {
  const { state: _, id, folder, ...rest } = left;
  const isAgain = name.round > 1;
  const checksums = name.kind === 'run' ? await putTask(blobs, folder, isAgain) : undefined;
  const manifest: Manifest = signer.sign({
    format: 1 as const,
    job: id,
    task: task.id,
    ...(checksums && { checksums }),
    needs: Object.fromEntries(data.needs.map((need) => [need.id, need.hash])),
    host: hostname(),
    ...rest,
  });
  await blobs.put(blobNames.manifest(id), bytesOf(manifest));
  return true;
}
