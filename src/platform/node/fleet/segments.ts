import { join } from 'node:path';
import { UserError } from '../../../base/errors.js';
import type { Mnist } from '../../../data/index.js';
import { type BlobStore, getBlob } from '../../../fleet/blobs.js';
import type { KeptMoment, Manifest, Segment } from '../../../fleet/job.js';
import { readCheckpoint } from '../../../lab/checkpoint-bytes.js';
import { checkpointDigest } from '../../../lab/checkpoint-digest.js';
import type { Machine } from '../../../lab/store.js';
import type { Task } from '../../../lab/task.js';
import type { TaskEvent } from '../../../tasks/task-event.js';
import { readBytes, removeFolder } from '../files.js';
import { isCheckpointName, newestCheckpoint } from '../store/checkpoint-files.js';
import { beginPartial, partialOf } from '../store/partial-task.js';
import type { Slot } from './agent/slot.js';
import { placeMoment } from './agent/travel.js';

type Way = Pick<Manifest, 'hands' | 'kept'>;

/** Who computed each segment of a result, in their order; undefined where nothing was kept on the way. */
export function segmentHands({ hands, kept }: Way): readonly string[] | undefined {
  return kept && [...kept.map(({ by }) => by), hands.at(-1)!];
}

/** A segment by its index: from one moment that was kept to the next, or to the end. */
export function segmentOf(kept: readonly KeptMoment[], index: number): Segment {
  const [from, until] = [kept[index - 1], kept[index]];
  return { index, ...(from && { from }), ...(until && { until }) };
}

/** Digest of a moment as its blobs have it. @throws UserError if they are missing or damaged */
export async function momentDigest(blobs: BlobStore, { files }: KeptMoment): Promise<string> {
  const [name = '', sha256 = ''] = Object.entries(files).find(([each]) => isCheckpointName(each)) ?? [];
  return checkpointDigest(readCheckpoint(await getBlob(blobs, sha256), name));
}

/** What a segment is run with. */
export interface SegmentRun {
  readonly segment: Segment;
  /** A folder of its own, which is gone afterwards. */
  readonly folder: string;
  readonly blobs: BlobStore;
  readonly machine: Machine;
  readonly onEvent: (event: TaskEvent) => void;
  readonly mnist?: Mnist;
}

/** How a segment ended: with the digest of the moment at its end or, where it is the last, with the result hash. */
export type SegmentEnd =
  | { readonly state: 'done'; readonly hash: string; readonly durationMs: number }
  | { readonly state: 'failed'; readonly reason: string }
  | { readonly state: 'interrupted' };

/** Trains a trial from one of its moments to the next. One that is damaged is passed over: it starts anew. */
export async function runSegment(slot: Slot, task: Task, run: SegmentRun): Promise<SegmentEnd> {
  const { segment, folder, blobs, machine, onEvent, mnist } = run;
  const until = segment.until?.step;
  const partial = partialOf(folder);
  removeFolder(partial);
  if (segment.from) await placeMoment(blobs, segment.from, folder).catch(unlessDamaged);
  const start = performance.now();
  try {
    const report = await slot.run(task, {
      begin: (each) => beginPartial(folder, each, machine),
      onEvent,
      ...(mnist && { mnist }),
      ...(until !== undefined && { until }),
    });
    const durationMs = performance.now() - start;
    if (report.state === 'failed') return { state: 'failed', reason: report.reason };
    if (report.state !== 'interrupted') return { state: 'done', hash: report.summary.hash, durationMs };
    const newest = newestCheckpoint(partial);
    if (until === undefined || newest?.step !== until) return { state: 'interrupted' };
    const path = join(partial, newest.name);
    return { state: 'done', hash: checkpointDigest(readCheckpoint(readBytes(path), path)), durationMs };
  } finally {
    removeFolder(partial);
    removeFolder(folder);
  }
}

function unlessDamaged(error: unknown): void {
  if (!(error instanceof UserError)) throw error;
}
