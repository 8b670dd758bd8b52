import { UserError } from '../base/errors.js';
import { float32Bytes, float32Values } from '../base/float32-bytes.js';
import type { ParameterShape } from '../engine/shapes.js';
import { product } from '../engine/shapes.js';
import { quote } from '../tasks/schema/spec-problems.js';

/** One tensor of float32 values. Shapes: values [product(shape)]. */
export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** The header's length is a 64-bit number before it. */
const lengthBytes = 8;
/** The format's own limit. */
const longestHeader = 100_000_000;

/** Splits flat parameters into tensors with PyTorch's names. */
export function tensorsOf(
  parameters: Float32Array,
  shapes: readonly Pick<ParameterShape, 'name' | 'shape'>[],
): readonly Tensor[] {
  let offset = 0;
  return shapes.map(({ name, shape }) => {
    const values = parameters.subarray(offset, offset + product(shape));
    offset += values.length;
    return { name, shape, values };
  });
}

/**
 * A file in the safetensors format (https://huggingface.co/docs/safetensors): header length, JSON header, values one
 * after the other. `metadata` are texts by name that go along in the header.
 */
export function writeSafetensors(tensors: readonly Tensor[], metadata?: Readonly<Record<string, string>>): Uint8Array {
  let end = 0;
  const entries = tensors.map(({ name, shape, values }) => {
    const start = end;
    end += values.length * 4;
    return [name, { dtype: 'F32', shape, data_offsets: [start, end] }];
  });
  const header = { ...(metadata && { __metadata__: metadata }), ...Object.fromEntries(entries) };
  const json = new TextEncoder().encode(JSON.stringify(header));
  // Values start at a multiple of 8 bytes, as the format recommends; the header is padded with blanks.
  const headerLength = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(lengthBytes + headerLength + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.fill(0x20, lengthBytes, lengthBytes + headerLength);
  file.set(json, lengthBytes);
  let offset = lengthBytes + headerLength;
  for (const { values } of tensors) {
    file.set(float32Bytes(values), offset);
    offset += values.length * 4;
  }
  return file;
}

/** Where a tensor's values lie in a file: `length` float32 values from byte `start`. */
export interface TensorPlace {
  readonly name: string;
  readonly shape: readonly number[];
  readonly start: number;
  readonly length: number;
}

/**
 * Reads a safetensors file that holds float32 tensors without gaps or overlaps, in the order in which they lie in the
 * file. No length in the file is believed before it is checked against the file's size.
 * @throws UserError that starts with `where` and names the tensor, what was expected and what came.
 */
export function readSafetensors(file: Uint8Array, where: string): readonly Tensor[] {
  return safetensorsLayout(file, file.length, where).map(({ name, shape, start, length }) => ({
    name,
    shape,
    values: float32Values(file.subarray(start, start + 4 * length)),
  }));
}

/**
 * Where the tensors of a safetensors file lie, from its first bytes and its size.
 * @throws as readSafetensors, also if `head` does not hold the whole header
 */
export function safetensorsLayout(head: Uint8Array, fileSize: number, where: string): readonly TensorPlace[] {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < lengthBytes) throw new UserError(`${where}: expected a safetensors file, got ${head.length} bytes`);
  const headerLength = view.getBigUint64(0, true);
  const room = BigInt(Math.min(head.length - lengthBytes, longestHeader));
  if (headerLength > room) {
    throw new UserError(`${where}: expected a header of at most ${room} bytes, got a length of ${headerLength}`);
  }
  const start = lengthBytes + Number(headerLength);
  const size = fileSize - start;
  let offset = 0;
  const places = readHeader(head.subarray(lengthBytes, start), where).map(({ name, shape, offsets: [from, to] }) => {
    const expected = offset + product(shape) * 4;
    if (from !== offset || to !== expected || to > size) {
      throw new UserError(
        `${where}: tensor ${quote(name)}: expected values from byte ${offset} to ${expected} of ${size}, ` +
          `got ${from} to ${to}`,
      );
    }
    offset = to;
    return { name, shape, start: start + from, length: (to - from) / 4 };
  });
  if (offset !== size) throw new UserError(`${where}: expected ${offset} bytes of values, got ${size}`);
  return places;
}

interface Entry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offsets: readonly [number, number];
}

function readHeader(bytes: Uint8Array, where: string): readonly Entry[] {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new UserError(`${where}: expected a JSON header, got ${bytes.length} bytes that are none`);
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw new UserError(`${where}: expected a JSON object as header, got ${quote(header)}`);
  }
  return Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => readEntry(name, value, where))
    .sort((a, b) => a.offsets[0] - b.offsets[0] || a.offsets[1] - b.offsets[1]);
}

function readEntry(name: string, value: unknown, where: string): Entry {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Record<string, unknown>;
  const tensor = `${where}: tensor ${quote(name)}`;
  if (dtype !== 'F32') throw new UserError(`${tensor}: expected dtype "F32", got ${quote(dtype)}`);
  if (!isCounts(shape)) throw new UserError(`${tensor}: expected a shape of whole numbers, got ${quote(shape)}`);
  if (!isCounts(offsets) || offsets.length !== 2) {
    throw new UserError(`${tensor}: expected data_offsets [start, end], got ${quote(offsets)}`);
  }
  return { name, shape, offsets: [offsets[0]!, offsets[1]!] };
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}
