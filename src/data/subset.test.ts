import { expect, test } from 'vitest';
import type { Dataset } from '../base/dataset.js';
import { UserError } from '../base/errors.js';
import { firstSamples, heldOut, subset } from './subset.js';

/** 100 samples whose two inputs and one target tell which sample they are. */
const dataset: Dataset = {
  name: 'numbers',
  size: 100,
  inputShape: [2],
  inputs: Float32Array.from({ length: 200 }, (_, i) => Math.floor(i / 2) + (i % 2) / 2),
  targets: Uint8Array.from({ length: 100 }, (_, i) => i),
};

test('a subset keeps inputs with their targets, in order, without repetition', () => {
  const part = subset(dataset, 30, 1);
  const chosen = [...part.targets];
  expect(chosen).toEqual([...new Set(chosen)].sort((a, b) => a - b));
  expect([...part.inputs]).toEqual(chosen.flatMap((i) => [i, i + 0.5]));
  expect(part).toMatchObject({ name: 'numbers', size: 30, inputShape: [2] });
});

test('the seed chooses the subset, and a smaller one is contained in a larger one', () => {
  const chosen = (size: number, seed: number) => [...subset(dataset, size, seed).targets];
  expect(chosen(30, 1)).toEqual(chosen(30, 1));
  expect(chosen(30, 1)).not.toEqual(chosen(30, 2));
  expect(chosen(60, 1)).toEqual(expect.arrayContaining(chosen(30, 1)));
  expect(subset(dataset, 100, 1)).toBe(dataset);
});

test('a subset of shared memory is shared', () => {
  const inputs = new Uint8Array(new SharedArrayBuffer(200));
  const part = subset({ ...dataset, inputs }, 3, 1);
  expect(part.inputs.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(part.targets.buffer).toBeInstanceOf(ArrayBuffer);
});

test('what is held out is none of the subset, and comes next in the same draws', () => {
  const chosen = (after: number, size: number) => [...heldOut(dataset, { after, size, seed: 1 }).targets];
  const train = [...subset(dataset, 30, 1).targets];
  expect([...train, ...chosen(30, 20)].sort((a, b) => a - b)).toEqual([...subset(dataset, 50, 1).targets]);
  expect(chosen(30, 20)).toEqual(chosen(30, 20).toSorted((a, b) => a - b));
  expect(chosen(30, 70)).toEqual([...dataset.targets].filter((i) => !train.includes(i)));
  expect(() => heldOut(dataset, { after: 30, size: 71, seed: 1 })).toThrow('a whole number from 1 to 100');
});

test('the first samples are views of the same memory', () => {
  const part = firstSamples(dataset, 3);
  expect([...part.inputs]).toEqual([0, 0.5, 1, 1.5, 2, 2.5]);
  expect(part.targets).toEqual(Uint8Array.of(0, 1, 2));
  expect(part.inputs.buffer).toBe(dataset.inputs.buffer);
});

test('a size that is not 1 to 100 is an error', () => {
  for (const size of [0, 101, 1.5]) {
    expect(() => subset(dataset, size, 1)).toThrow(UserError);
    expect(() => firstSamples(dataset, size)).toThrow('a whole number from 1 to 100');
  }
});
