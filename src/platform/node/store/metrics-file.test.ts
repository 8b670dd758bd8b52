import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../../test/support/store.js';
import { Mt19937 } from '../../../base/mt19937.js';
import { convertMetrics, readMetrics } from './metrics-file.js';

test('30,000 doubles of any size come back from Parquet with every bit, in their order, gaps as null', async () => {
  const folder = temporaryFolder();
  const rng = new Mt19937(1);
  const bits = new Uint32Array(2);
  const double = new Float64Array(bits.buffer);
  const values = Array.from({ length: 30_000 }, (_, i) => {
    if (i % 7 === 0) return null;
    do {
      bits[0] = rng.next();
      bits[1] = rng.next();
    } while (!Number.isFinite(double[0]));
    return double[0]!;
  });
  const lines = values.map((loss, i) => JSON.stringify({ epoch: i + 1, step: 2 * i, ...(loss !== null && { loss }) }));
  writeFileSync(join(folder, 'm.jsonl'), lines.join('\n'));
  await convertMetrics(join(folder, 'm.jsonl'), join(folder, 'm.parquet'), ['loss']);
  expect(readFileSync(join(folder, 'm.parquet')).subarray(0, 4).toString()).toBe('PAR1');
  const { epoch, step, loss } = await readMetrics(join(folder, 'm.parquet'));
  expect(epoch?.every((value, i) => value === i + 1)).toBe(true);
  expect(step?.every((value, i) => value === 2 * i)).toBe(true);
  expect(loss?.every((value, i) => Object.is(value, values[i]))).toBe(true);
});

test('quotes and patterns in a path do no harm', async () => {
  const folder = join(temporaryFolder(), "it's [a]* {b}?");
  mkdirSync(folder);
  const path = join(folder, 'm.jsonl');
  writeFileSync(path, '{"epoch":1,"step":1,"loss":2}\n');
  await convertMetrics(path, `${path}.parquet`, ['loss']);
  expect(await readMetrics(`${path}.parquet`)).toEqual({ epoch: [1], step: [1], loss: [2] });
});
