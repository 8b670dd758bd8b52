import { expect, test } from 'vitest';
import { UserError } from '../base/errors.js';
import { assembleMnist, type MnistFile, type MnistFileKey, mnistFiles } from './mnist.js';

/** A file of the right form: its header, then bytes that count 0 to 9 over and over. */
function idxFile(file: MnistFile): Uint8Array {
  const bytes = Uint8Array.from({ length: file.bytes }, (_, i) => (i - 4 - 4 * file.shape.length + 10) % 10);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x0800 + file.shape.length);
  file.shape.forEach((length, axis) => {
    view.setUint32(4 + 4 * axis, length);
  });
  return bytes;
}

const files = Object.fromEntries(Object.entries(mnistFiles).map(([key, file]) => [key, idxFile(file)])) as Readonly<
  Record<MnistFileKey, Uint8Array>
>;

test.each([true, false])('four files become two data sets, copied, with shared = %s', (shared) => {
  const { train, test: held } = assembleMnist(files, { shared });
  expect(train).toMatchObject({ name: 'mnist-train', size: 60_000, inputShape: [1, 28, 28] });
  expect(held).toMatchObject({ name: 'mnist-test', size: 10_000, inputShape: [1, 28, 28] });
  expect([train.inputs.length, train.targets.length]).toEqual([60_000 * 784, 60_000]);
  expect([held.inputs.length, held.targets.length]).toEqual([10_000 * 784, 10_000]);
  for (const { inputs, targets } of [train, held]) {
    expect([...inputs.subarray(0, 3), inputs.at(-1)]).toEqual([0, 1, 2, 9]);
    expect([...targets.subarray(0, 3), targets.at(-1)]).toEqual([0, 1, 2, 9]);
    expect(inputs.buffer instanceof SharedArrayBuffer).toBe(shared);
    expect(targets.buffer instanceof SharedArrayBuffer).toBe(shared);
  }
});

test('exchanged files, and a label above 9, are errors that name the file', () => {
  const exchanged = { ...files, trainLabels: files.testLabels };
  expect(() => assembleMnist(exchanged)).toThrow(UserError);
  expect(() => assembleMnist(exchanged)).toThrow(
    'train-labels-idx1-ubyte: expected 60,000 training labels of shape [60000], got [10000]',
  );
  const testLabels = files.testLabels.with(8 + 5, 10);
  expect(() => assembleMnist({ ...files, testLabels })).toThrow(
    't10k-labels-idx1-ubyte: expected labels from 0 to 9, got 10 at 5',
  );
});
