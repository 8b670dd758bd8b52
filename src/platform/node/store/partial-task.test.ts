import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { machine, temporaryFolder, tinyCheckpoint, tinyOutcome, tinySpec } from '../../../../test/support/store.js';
import type { TrialCheckpoint } from '../../../tasks/checkpoint.js';
import { readMetrics } from './metrics-file.js';
import { beginPartial } from './partial-task.js';

const id = 'a'.repeat(64);
const task = { id, spec: tinySpec };
const rows = Array.from({ length: 6 }, (_, i) => ({ epoch: i + 1, step: i + 1, loss: 1 / (i + 3) }));
const after = (count: number): TrialCheckpoint => ({
  ...tinyCheckpoint,
  train: { ...tinyCheckpoint.train, step: count },
  rows: count,
});

/** A record with checkpoints after 2 and after 4 of 5 rows, left as a killed process leaves it. */
function killed() {
  const folder = join(temporaryFolder(), id);
  const partial = join(folder, '..', `.partial-${id}`);
  const record = beginPartial(folder, task, machine);
  record.append(rows.slice(0, 2));
  record.checkpoint(after(2), 20);
  record.append(rows.slice(2, 4));
  record.checkpoint(after(4), 40);
  record.append(rows.slice(4, 5));
  const checkpoints = () =>
    readdirSync(partial)
      .filter((name) => name.startsWith('checkpoint-'))
      .sort();
  return { folder, partial, checkpoints, log: join(partial, 'metrics.jsonl') };
}

test('a record resumes from the newest checkpoint, with the rows up to it and no other', () => {
  const { folder, log } = killed();
  const { from } = beginPartial(folder, task, machine);
  expect(from).toMatchObject({ checkpoint: after(4), rows: rows.slice(0, 4), durationMs: 40 });
  expect(readFileSync(log, 'utf8').trim().split('\n')).toHaveLength(4);
});

test('the finished task has the rows of both parts, the time of its first start, and no checkpoint', async () => {
  const { folder } = killed();
  const record = beginPartial(folder, task, machine);
  record.append(rows.slice(4));
  await record.finish(tinyOutcome, 60);
  const names = readdirSync(folder);
  expect(names.filter((name) => name.startsWith('checkpoint') || name.endsWith('.jsonl'))).toEqual([]);
  expect((await readMetrics(join(folder, 'metrics.parquet')))['loss']).toEqual(rows.map(({ loss }) => loss));
});

test('the two newest checkpoints stay; the older serves if the newer is damaged; else it starts over', () => {
  const { folder, partial, checkpoints } = killed();
  const record = beginPartial(folder, task, machine);
  record.append(rows.slice(4, 6));
  record.checkpoint(after(6), 60);
  expect(checkpoints().map((name) => name.split('-')[1])).toEqual(['4', '6']);
  const [older = '', newer = ''] = checkpoints().map((name) => join(partial, name));
  const bytes = readFileSync(newer);
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(newer, bytes);
  expect(beginPartial(folder, task, machine).from?.checkpoint).toEqual(after(4));
  truncateSync(older, 100);
  expect(beginPartial(folder, task, machine).from).toBeUndefined();
  expect(checkpoints()).toEqual([]);
});

test('rows that are cut or changed do not pass for those of a checkpoint', () => {
  const { folder, log } = killed();
  const text = readFileSync(log, 'utf8');
  // The third row is after the first checkpoint and before the second.
  writeFileSync(log, text.replace('"epoch":3', '"epoch":9'));
  expect(beginPartial(folder, task, machine).from).toMatchObject({ checkpoint: after(2), rows: rows.slice(0, 2) });
  writeFileSync(log, '');
  expect(beginPartial(folder, task, machine).from).toBeUndefined();
});

test('a record of another task under the same name starts over', () => {
  const { folder } = killed();
  expect(beginPartial(folder, { ...task, id: 'b'.repeat(64) }, machine).from).toBeUndefined();
});

test('left without a checkpoint nothing stays, with one it does', () => {
  const folder = join(temporaryFolder(), id);
  const record = beginPartial(folder, task, machine);
  record.append(rows);
  record.leave();
  expect(readdirSync(join(folder, '..'))).toEqual([]);
  const { folder: other, partial } = killed();
  beginPartial(other, task, machine).leave();
  expect(readdirSync(partial)).toContain('spec.json');
});
