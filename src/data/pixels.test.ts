import { expect, test } from 'vitest';
import { fakeMnist } from '../../test/support/fake-mnist.js';
import { mnistPart } from './mnist-part.js';
import { changePixels, type PixelChange } from './pixels.js';

const { train, test: held } = fakeMnist();
/** Pixels with a value of their own, so that one can tell where each went. */
const numbered = (size: number) => ({
  ...train,
  size,
  inputs: Uint8Array.from({ length: size * 200 }, (_, i) => i % 200),
  targets: new Uint8Array(size),
});
const changed = (how: PixelChange['how'], seed = 1) =>
  changePixels({ train: numbered(3), test: numbered(2) }, { how, seed });
const rows = ({ inputs, size }: { readonly inputs: Uint8Array | Float32Array; readonly size: number }) =>
  Array.from({ length: size }, (_, i) => [...inputs.subarray(i * 200, (i + 1) * 200)]);
const sorted = (row: readonly number[] | undefined) => [...row!].sort((a, b) => a - b);
const inOrder = Array.from({ length: 200 }, (_, i) => i);

test('shuffled pixels have one order in all images of both sets, another for another seed', () => {
  const { train: moved, test: tested } = changed('shuffled');
  const [first, ...others] = [...rows(moved), ...rows(tested)];
  expect(first).not.toEqual(inOrder);
  expect(sorted(first)).toEqual(inOrder);
  for (const other of others) expect(other).toEqual(first);
  expect(changed('shuffled').train.inputs).toEqual(moved.inputs);
  expect(changed('shuffled', 2).train.inputs).not.toEqual(moved.inputs);
});

test('random pixels have an order for each training image; test images stay', () => {
  const { train: moved, test: tested } = changed('random');
  const orders = rows(moved);
  for (const order of orders) expect(sorted(order)).toEqual(inOrder);
  expect(new Set(orders.map(String)).size).toBe(3);
  expect(tested).toEqual(numbered(2));
});

test('each order of three pixels is drawn about equally often', () => {
  const images = { ...train, size: 6000, inputs: Uint8Array.from({ length: 18_000 }, (_, i) => i % 3) };
  const { inputs } = changePixels({ train: images, test: held }, { how: 'random', seed: 1 }).train;
  const counts = new Map<string, number>();
  for (let i = 0; i < inputs.length; i += 3) {
    const order = inputs.slice(i, i + 3).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
});

test('normal numbers have the mean and the variance of the pixels, and test images are numbers as well', () => {
  const { train: drawn, test: tested } = changePixels({ train, test: held }, { how: 'gaussian', seed: 1 });
  const moments = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length] as const;
  };
  const [mean, variance] = moments([...train.inputs].map((byte) => byte / 255));
  const [ownMean, ownVariance] = moments([...drawn.inputs]);
  expect(ownMean).toBeCloseTo(mean, 2);
  expect(ownVariance).toBeCloseTo(variance, 2);
  expect(drawn.inputs).toBeInstanceOf(Float32Array);
  expect(drawn.inputs.slice(0, 784)).not.toEqual(drawn.inputs.slice(784, 1568));
  expect(tested.inputs).toEqual(Float32Array.from(held.inputs, (byte) => byte / 255));
  expect(drawn.targets).toBe(train.targets);
});

test('a part of MNIST is tested on its own test images or on training images that it does not train on', () => {
  const part = { trainSize: 10, subsetSeed: 1, testSize: 20, testFrom: 'test' } as const;
  const mnist = fakeMnist();
  expect(mnistPart(mnist, part).test.inputs).toEqual(mnist.test.inputs);
  const left = mnistPart(mnist, { ...part, testFrom: 'training', randomLabels: { fraction: 1, seed: 1 } });
  expect(left.train.inputs).toEqual(mnistPart(mnist, part).train.inputs);
  expect([left.test.name, left.test.size]).toEqual(['train', 20]);
  // Each shows its label, so labels of what is held out are true ones.
  left.test.targets.forEach((label, i) => {
    expect(left.test.inputs[i * 784 + label * 28]).toBe(255);
  });
});
