import fc from 'fast-check';

/** Bytes put in place of others; `at` goes around. */
const edit = fc.record({
  kind: fc.constantFrom('flip', 'set', 'cut', 'extend', 'splice', 'length32', 'length64'),
  at: fc.nat(),
  byte: fc.integer({ min: 0, max: 255 }),
  length: fc.constantFrom(0, 1, 2 ** 16, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1),
});
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

/** A valid file after one to four edits: bits flipped, ends cut or drawn out, parts moved, lengths that lie. */
export const damaged = (valid: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(valid, fc.array(edit, { minLength: 1, maxLength: 4 }))
    .map(([file, edits]) => edits.reduce<Uint8Array>((bytes, each) => edited(bytes, each), file));

function edited(bytes: Uint8Array, { kind, at, byte, length }: Edit): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const place = bytes.length === 0 ? 0 : at % bytes.length;
  const early = at % 24;
  switch (kind) {
    case 'flip':
      if (copy.length > 0) copy[place]! ^= 1 << (byte % 8);
      return copy;
    case 'set':
      if (copy.length > 0) copy[place] = byte;
      return copy;
    case 'cut':
      return copy.subarray(0, place);
    case 'extend':
      return Uint8Array.from([...copy, ...new Array<number>(byte % 20).fill(byte)]);
    case 'splice':
      return Uint8Array.from([...copy.subarray(0, place), ...copy.subarray(byte % (place + 1))]);
    case 'length32':
      if (copy.length >= early + 4) new DataView(copy.buffer).setUint32(early, length, at % 2 === 0);
      return copy;
    case 'length64':
      if (copy.length >= 8) new DataView(copy.buffer).setBigUint64(0, BigInt(length) * BigInt(byte + 1) ** 4n, true);
      return copy;
  }
}

/** Array buffers that a piece of work made larger than all of `bytes` together would show here. Bytes. */
export function allocatedBy(work: () => void): number {
  const before = process.memoryUsage().arrayBuffers;
  work();
  return process.memoryUsage().arrayBuffers - before;
}
