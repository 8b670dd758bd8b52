import { expect, test } from 'vitest';
import { UserError } from '../base/errors.js';
import { readSafetensors, tensorsOf, writeSafetensors } from './safetensors.js';

const shapes = [
  { name: '0.weight', shape: [2, 3] },
  { name: '0.bias', shape: [2] },
];
const values = Float32Array.of(1, -2.5, 3e-41, 4e30, -0, 6, 7, 8);
const file = writeSafetensors(tensorsOf(values, shapes));

function withHeader(header: unknown, valueBytes: number): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + valueBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}
const tensor = (offsets: unknown, shape: unknown = [1], dtype: unknown = 'F32') => ({
  dtype,
  shape,
  data_offsets: offsets,
});

test('tensors come back with their names, shapes and bits, from any place in memory', () => {
  const moved = new Uint8Array(file.length + 3);
  moved.set(file, 3);
  for (const bytes of [file, moved.subarray(3)]) {
    const tensors = readSafetensors(bytes, 'w');
    expect(tensors.map(({ name, shape }) => ({ name, shape }))).toEqual(shapes);
    const read = Float32Array.from(tensors.flatMap((t) => [...t.values]));
    expect(new Uint8Array(read.buffer)).toEqual(new Uint8Array(values.buffer));
  }
});

test('the header starts with its length and ends at a multiple of 8 bytes', () => {
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  expect(length % 8).toBe(0);
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)));
  expect(header['0.bias']).toEqual({ dtype: 'F32', shape: [2], data_offsets: [24, 32] });
  expect(file.length).toBe(8 + length + 32);
});

test('every truncation is an error that names the file', () => {
  for (let length = 0; length < file.length; length++) {
    expect(() => readSafetensors(file.subarray(0, length), 'w.safetensors'), String(length)).toThrow(
      /^w\.safetensors: /,
    );
  }
});

test('a file that lies about lengths, types or places is an error', () => {
  const huge = withHeader('{}', 0);
  new DataView(huge.buffer).setBigUint64(0, 2n ** 63n, true);
  const files = [
    huge,
    withHeader('{', 0),
    withHeader('[]', 0),
    withHeader({ a: 3 }, 0),
    withHeader({ a: null }, 0),
    withHeader({ a: tensor([0, 4], [1], 'F64') }, 4),
    withHeader({ a: tensor([0, 4], [2]) }, 4),
    withHeader({ a: tensor([0, 4], [-1]) }, 4),
    withHeader({ a: tensor([0, 4], [1e15, 1e15]) }, 4),
    withHeader({ a: tensor([4, 8]) }, 8),
    withHeader({ a: tensor([0, 4]), b: tensor([0, 4]) }, 8),
    withHeader({ a: tensor([0, 4]) }, 8),
    withHeader({ a: tensor([0]) }, 4),
    withHeader({ a: tensor('0') }, 4),
  ];
  files.forEach((bytes, i) => {
    expect(() => readSafetensors(bytes, 'w'), String(i)).toThrow(UserError);
  });
});
