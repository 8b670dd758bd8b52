import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../../base/errors.js';
import { type BlobStore, blobNames } from '../../../../fleet/blobs.js';
import { type Accepted, JobProblem, type ResultDesk } from '../../../../fleet/fleet-queue.js';
import { type JobData, type Manifest, type Need, parseJobId, parseManifest } from '../../../../fleet/job.js';
import type { Store } from '../../../../lab/store.js';
import type { Task } from '../../../../lab/task.js';
import { unrecorded } from '../../../../lab/task-recorder.js';
import { needsOf } from '../../../../tasks/task.js';
import { readJson } from '../../files.js';
import { placeTask, type TaskFolder } from '../../store/place-task.js';
import { setAside } from '../../store/set-aside.js';
import { taskFiles } from '../../store/task-files.js';
import { runLocally } from '../../workers/local-lab.js';
import type { StopRequest } from '../../workers/stop-request.js';
import { getTask, putTask } from '../task-blobs.js';

/** Where results go. */
export interface DeskOptions {
  readonly tasks: readonly Task[];
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly stop: StopRequest;
  readonly dataDir?: string;
}

interface Desk extends DeskOptions {
  /** What agents are sent of trials that others start from, by id. */
  readonly offered: Map<string, Promise<Need>>;
}

/** A desk over a store and the blobs of a fleet. Only for who holds the store's lock. */
export function createResultDesk(options: DeskOptions): ResultDesk {
  const desk: Desk = { ...options, offered: new Map() };
  const { tasks, store, blobs } = desk;
  return {
    offer: (index, anew) => offer(desk, tasks[index]!, anew),
    has: (job) => blobs.has(blobNames.manifest(job)),
    accept: (index, job) => accept(desk, tasks[index]!, job),
    compare: (index, job) => compare(desk, tasks[index]!, job),
    judge: (index) => judge(desk, tasks[index]!),
    withdraw(index) {
      const { id, spec } = tasks[index]!;
      const folder = join(store.path, folderOf(spec), id);
      desk.offered.delete(id);
      if (existsSync(folder)) setAside(store.path, folder);
    },
  };
}

const folderOf = (spec: Task['spec']): TaskFolder => (spec.kind === 'measurement' ? 'measurements' : 'trials');

async function offer(desk: Desk, { spec }: Task, anew: boolean): Promise<JobData> {
  const needs = await Promise.all(needsOf(spec).map((id) => offerTrial(desk, id, anew)));
  return { spec: { ...spec }, needs };
}

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

async function accept({ store, blobs, offered }: Desk, { id, spec }: Task, job: string): Promise<Accepted> {
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
        await getTask(blobs, checksums, folder);
        requireHash(folder, hash);
      },
    });
  });
  if (spec.kind !== 'measurement' && checksums) offered.set(id, Promise.resolve({ id, hash, checksums }));
  return { hash, hands, ...(fromStep !== undefined && { fromStep }) };
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

function requireHash(folder: string, hash: string): void {
  const { hash: found } = readJson(join(folder, taskFiles.result)) as { readonly hash?: unknown };
  if (found !== hash) throw new UserError(`${taskFiles.result}: expected hash ${hash}, got ${found}`);
}

async function compare({ store, blobs }: Desk, { spec }: Task, job: string) {
  try {
    const manifest = await readManifest(blobs, job);
    await blaming(manifest, async () => requireNeeds(store, spec, manifest));
    return { hash: manifest.hash, hands: manifest.hands };
  } catch (error) {
    if (error instanceof JobProblem) return undefined;
    throw error;
  }
}

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
