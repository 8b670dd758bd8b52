import { expect, test } from 'vitest';
import { UserError } from '../base/errors.js';
import { readIdx } from './idx.js';

test('an IDX file is its shape and a view of its values', () => {
  const bytes = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6);
  const { shape, values } = readIdx(bytes, 'file');
  expect(shape).toEqual([2, 3]);
  expect([...values]).toEqual([1, 2, 3, 4, 5, 6]);
  expect(values.buffer).toBe(bytes.buffer);
});

test('a view into a larger buffer is read from its own beginning', () => {
  const bytes = Uint8Array.of(9, 9, 0, 0, 8, 1, 0, 0, 0, 1, 7, 9).subarray(2, 11);
  expect(readIdx(bytes, 'file')).toEqual({ shape: [1], values: Uint8Array.of(7) });
});

test.each([
  [[], 'an IDX file, got 0 bytes'],
  [[0, 0, 8], 'an IDX file, got 3 bytes'],
  [[0x1f, 0x8b, 8, 0], 'two zero bytes, got 31, 139 (a gzip file: unpack it first)'],
  [[0, 1, 8, 1], 'two zero bytes, got 0, 1'],
  [[0, 0, 13, 1], 'unsigned bytes (type 8), got type 13'],
  [[0, 0, 8, 0], '1 to 4 axes, got 0'],
  [[0, 0, 8, 200], '1 to 4 axes, got 200'],
  [[0, 0, 8, 2, 0, 0, 0, 1], 'a header of 12 bytes, got 8 bytes'],
  [[0, 0, 8, 1, 0, 0, 0, 3, 1, 2], '3 bytes after the header for the shape [3], got 2'],
  [[0, 0, 8, 1, 0, 0, 0, 1, 1, 2], '1 bytes after the header for the shape [1], got 2'],
  [
    [0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0],
    'for the shape [4294967295, 4294967295, 4294967295], got 1',
  ],
])('%j is refused: expected %s', (bytes, problem) => {
  expect(() => readIdx(Uint8Array.from(bytes), 'the file')).toThrow(UserError);
  expect(() => readIdx(Uint8Array.from(bytes), 'the file')).toThrow(problem);
});
