import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UserError } from '../../src/base/errors.js';
import { readSafetensors, type Tensor, writeSafetensors } from '../../src/lab/safetensors.js';
import { allocatedBy, damaged } from './support/bytes.js';
import { fuzz } from './support/fuzz.js';

const names = fc.oneof(fc.constantFrom('0.weight', '0.bias', 'a b', '__proto__', '7', 'constructor', ''), fc.string());
const tensor: fc.Arbitrary<Tensor> = fc
  .tuple(names, fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }))
  .chain(([name, shape]) => {
    const length = shape.reduce((product, n) => product * n, 1);
    return fc.float32Array({ minLength: length, maxLength: length }).map((values) => ({ name, shape, values }));
  });
const tensorLists = fc
  .uniqueArray(tensor, { maxLength: 4, selector: ({ name }) => name })
  .filter((tensors) => tensors.every(({ name }) => name !== '__metadata__'));

/** By name, as tensors without values may come in any order. Objects tell -0 from 0 and know NaN. */
const byName = (tensors: readonly Tensor[]) =>
  new Map(tensors.map(({ name, shape, values }) => [name, { shape, values }]));

test('1,000 lists of tensors, empty ones and odd names among them, come back as they were written', async () => {
  await fuzz(1000, tensorLists, (tensors) => {
    expect(byName(readSafetensors(writeSafetensors(tensors), 'w'))).toEqual(byName(tensors));
  });
});

test('5,000 damaged safetensors files: a UserError that names the file, or tensors that come back when they are written again', async () => {
  let read = 0;
  await fuzz(5000, damaged(tensorLists.map(writeSafetensors)), (bytes) => {
    try {
      const tensors = readSafetensors(bytes, 'some-file');
      expect(byName(readSafetensors(writeSafetensors(tensors), 'again'))).toEqual(byName(tensors));
      read++;
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      expect((error as Error).message).toMatch(/^some-file: .*expected .*, got /s);
    }
  });
  expect(read).toBeGreaterThan(50);
});

test.each([2 ** 31, 2 ** 32, 2 ** 40, 2 ** 53 - 1])(
  'a header that claims %d values takes no memory for them',
  (length) => {
    const header = JSON.stringify({ a: { dtype: 'F32', shape: [length], data_offsets: [0, 4 * length] } });
    const bytes = new Uint8Array(8 + header.length + 16);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
    bytes.set(new TextEncoder().encode(header), 8);
    const taken = allocatedBy(() => expect(() => readSafetensors(bytes, 'w')).toThrow(/^w: tensor "a": expected /));
    expect(taken).toBeLessThan(2 ** 20);
  },
);
