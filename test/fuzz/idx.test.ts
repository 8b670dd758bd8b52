import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UserError } from '../../src/base/errors.js';
import { readIdx } from '../../src/data/idx.js';
import { loadMnist } from '../../src/platform/node/data/mnist-source.js';
import { runs } from '../support/length.js';
import { temporaryFolder } from '../support/store.js';
import { damaged } from './support/bytes.js';
import { fuzz } from './support/fuzz.js';

function idxBytes(shape: readonly number[], values: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + values.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x0800 + shape.length);
  for (const [axis, length] of shape.entries()) view.setUint32(4 + 4 * axis, length);
  bytes.set(values, 4 + 4 * shape.length);
  return bytes;
}

const files = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 }).chain((shape) => {
  const length = shape.reduce((product, n) => product * n, 1);
  return fc.uint8Array({ minLength: length, maxLength: length }).map((values) => idxBytes(shape, values));
});

const unpacked = runs(1000, 5000);

test(`${unpacked} damaged IDX files: a UserError that names the file, or an array that is written back to the same bytes`, async () => {
  let read = 0;
  await fuzz(unpacked, damaged(files), (bytes) => {
    try {
      const { shape, values } = readIdx(bytes, 'some-file');
      expect(idxBytes(shape, values)).toEqual(bytes);
      read++;
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      expect((error as Error).message).toMatch(/^some-file: expected .*, got /);
    }
  });
  expect(read).toBeGreaterThan(unpacked / 17);
});

const packs = runs(100, 400);

test(`${packs} damaged packed files in a data folder: a UserError that names the file and says what it should be`, async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'train-images-idx3-ubyte.gz');
  const packed = files.map((bytes) => Uint8Array.from(gzipSync(bytes)));
  await fuzz(packs, damaged(packed), async (bytes) => {
    writeFileSync(path, bytes);
    const error: unknown = await loadMnist({ dataDir: folder }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message.startsWith(`${path}: expected 60,000 training images`)).toBe(true);
  });
});
