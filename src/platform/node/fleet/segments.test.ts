import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderOfFile, temporaryFolder, tinySpec } from '../../../../test/support/store.js';
import { sha256Hex } from '../../../base/sha256.js';
import { type BlobStore, putBlob } from '../../../fleet/blobs.js';
import type { KeptMoment } from '../../../fleet/job.js';
import { checkpointBytes, readCheckpoint, type SavedCheckpoint } from '../../../lab/checkpoint-bytes.js';
import { checkpointDigest } from '../../../lab/checkpoint-digest.js';
import { type Task, taskOf } from '../../../lab/task.js';
import { thisMachine } from '../machine/machine.js';
import { beginPartial } from '../store/partial-task.js';
import { createSlot } from './agent/slot.js';
import { sendCheckpoint, type Traveller } from './agent/travel.js';
import { openBlobs } from './blobs/open-blobs.js';
import { momentDigest, runSegment, segmentHands, segmentOf } from './segments.js';
import { createSigner } from './signatures.js';

const entry = new URL('../../../../dist/platform/node/workers/task-worker.js', import.meta.url);
const machine = thisMachine(1);
const signer = createSigner('agent');

const ownFolder = folderOfFile();
const slot = createSlot({ checkpointEveryMs: 600_000 }, { entry });
let all: Kept;
beforeAll(async () => {
  all = await keptTrial();
});
afterAll(slot.end);

interface Kept {
  readonly task: Task;
  readonly blobs: BlobStore;
  readonly kept: readonly KeptMoment[];
  readonly hash: string;
}

/** A trial that was kept twice on its way. */
async function keptTrial(): Promise<Kept> {
  const model = { kind: 'mlp', widths: [1, 8, 1], activation: 'relu' } as const;
  const task = taskOf({ ...tinySpec, model, stop: { epochs: 90 }, observe: { loss: 'step' } });
  const blobs = await openBlobs(join(ownFolder, 'blobs'));
  const folder = join(ownFolder, task.id);
  const traveller: Traveller = { job: 'job', folder, signer, kept: [] };
  const begin = (each: Task) => beginPartial(folder, each, machine);
  for (const until of [30, 70]) {
    expect(await slot.run(task, { begin, until, onEvent: () => {} })).toMatchObject({ state: 'interrupted' });
    expect(await sendCheckpoint(blobs, traveller)).toBe(until);
    // What is there already is not sent again.
    expect(await sendCheckpoint(blobs, traveller)).toBe(until);
  }
  expect(traveller.kept.map(({ step, by }) => [step, by])).toEqual([
    [30, signer.hand],
    [70, signer.hand],
  ]);
  const report = await slot.run(task, { begin, onEvent: () => {} });
  if (report.state !== 'done') throw new Error(`expected a trial that ends, got ${JSON.stringify(report)}`);
  return { task, blobs, kept: traveller.kept, hash: report.summary.hash };
}

const run = ({ task, blobs }: Kept, kept: readonly KeptMoment[], index: number) =>
  runSegment(slot, task, {
    ...{ segment: segmentOf(kept, index), folder: join(temporaryFolder(), 'segment'), blobs, machine },
    onEvent: () => {},
  });

/** The same moment with a checkpoint in which something is another. */
async function forged(blobs: BlobStore, moment: KeptMoment, change: (saved: SavedCheckpoint) => void) {
  const name = Object.keys(moment.files).find((each) => each.startsWith('checkpoint-'))!;
  const saved = readCheckpoint((await blobs.get(`blobs/${moment.files[name]}`))!, name);
  change(saved);
  const bytes = checkpointBytes(saved);
  const { [name]: _, ...files } = moment.files;
  const sha256 = await putBlob(blobs, bytes);
  return { ...moment, files: { ...files, [`checkpoint-${moment.step}-${sha256Hex(bytes)}`]: sha256 } };
}

test('each segment comes to the digest of the moment at its end, the last one to the result hash', async () => {
  const { kept, blobs, hash } = all;
  for (const [index, moment] of kept.entries()) {
    expect(await run(all, kept, index)).toMatchObject({ state: 'done', hash: await momentDigest(blobs, moment) });
  }
  expect(await run(all, kept, kept.length)).toMatchObject({ state: 'done', hash });
  expect(segmentHands({ hands: [signer.hand, 'other'], kept: [...kept] })).toEqual([signer.hand, signer.hand, 'other']);
});

test('one forged bit of a weight, a moment or the generator is found; a time is no matter', async () => {
  const { kept, blobs } = all;
  const [first, second] = kept as [KeptMoment, KeptMoment];
  const honest = await momentDigest(blobs, first);
  const flip = (values: Float32Array): void => {
    new Uint32Array(values.buffer, values.byteOffset)[0]! ^= 1;
  };
  const forgeries: readonly ((saved: SavedCheckpoint) => void)[] = [
    ({ checkpoint }) => flip(checkpoint.train.parameters),
    ({ checkpoint }) => flip(checkpoint.train.optimizer.moments[0]!),
    ({ checkpoint }) => {
      (checkpoint.train.rng.words as number[])[0] = checkpoint.train.rng.words[1]!;
    },
    (saved) => Object.assign(saved, { rowsDigest: sha256Hex('others') }),
  ];
  for (const forgery of forgeries) {
    const moment = await forged(blobs, first, forgery);
    // What the segment comes to is not what the forger says of its end.
    expect(await momentDigest(blobs, moment)).not.toBe(honest);
    expect(await run(all, [moment, second], 0)).toMatchObject({ hash: honest });
  }
  const weight = await forged(blobs, first, forgeries[0]!);
  expect(await run(all, [weight, second], 1)).not.toMatchObject({ hash: await momentDigest(blobs, second) });
  const later = await forged(blobs, first, (saved) => Object.assign(saved, { durationMs: 1, startedAt: 'yesterday' }));
  expect(await momentDigest(blobs, later)).toBe(honest);
});

test('a digest is the same for a checkpoint and for what is read of its bytes', async () => {
  const { kept, blobs } = all;
  const [name = '', sha256 = ''] = Object.entries(kept[0]!.files).find(([each]) => each.startsWith('checkpoint'))!;
  const saved = readCheckpoint((await blobs.get(`blobs/${sha256}`))!, name);
  expect(checkpointDigest(readCheckpoint(checkpointBytes(saved), name))).toBe(checkpointDigest(saved));
});
