import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tinyCheckpoint } from '../../test/support/store.js';
import { UserError } from '../base/errors.js';
import { checkpointBytes, readCheckpoint, type SavedCheckpoint } from './checkpoint-bytes.js';

const saved: SavedCheckpoint = {
  checkpoint: tinyCheckpoint,
  id: 'a'.repeat(64),
  startedAt: '2000-01-01T00:00:00.000Z',
  durationMs: 0.1,
  rowsDigest: 'b'.repeat(64),
};
const bytes = checkpointBytes(saved);

test('a checkpoint is read as it was written, to the bit, NaN, infinities and the smallest numbers included', () => {
  expect(readCheckpoint(bytes, 'file')).toEqual(saved);
});

test('without snapshots, moments and a waiting row as well', () => {
  const { snapshots: _, ...rest } = tinyCheckpoint;
  const { pending: __, ...recorder } = rest.train.recorder;
  const bare: SavedCheckpoint = {
    ...saved,
    checkpoint: { ...rest, train: { ...rest.train, recorder, optimizer: { steps: 0, moments: [] } } },
  };
  expect(readCheckpoint(checkpointBytes(bare), 'file')).toEqual(bare);
});

test('5,000 damaged files (bytes changed, cut, doubled) are a checkpoint or an error that names the file', () => {
  const damage = fc.record({
    at: fc.nat(bytes.length - 1),
    byte: fc.nat(255),
    kind: fc.constantFrom('change', 'cut', 'insert', 'double'),
  });
  const refused = { count: 0 };
  fc.assert(
    fc.property(damage, ({ at, byte, kind }) => {
      const damaged =
        kind === 'change'
          ? bytes.with(at, byte)
          : kind === 'cut'
            ? bytes.slice(0, at)
            : Uint8Array.of(...bytes.slice(0, at), byte, ...(kind === 'double' ? bytes : bytes.slice(at)));
      try {
        readCheckpoint(damaged, 'the file');
      } catch (error) {
        refused.count++;
        expect(error).toBeInstanceOf(UserError);
        expect((error as Error).message).toMatch(/^the file: /);
      }
    }),
    { numRuns: 5000, seed: 1 },
  );
  expect(refused.count).toBeGreaterThan(3000);
});

test('another layout is refused with its number', () => {
  const other = new TextEncoder().encode(`${JSON.stringify({ format: 2 })}\n`);
  expect(() => readCheckpoint(other, 'file')).toThrow(
    'file: expected a checkpoint of layout 1, got one in which format',
  );
});
