import { expect, test } from 'vitest';
import { UserError } from '../base/errors.js';
import { randomizeLabels } from './random-labels.js';

/** No draw from 10 classes equals 255, so that what was replaced can be counted. */
const unmistakable = new Uint8Array(1001).fill(255);

function replaced(fraction: number, seed: number): readonly number[] {
  const labels = randomizeLabels(unmistakable, { fraction, seed });
  return [...labels.keys()].filter((i) => labels[i] !== 255);
}

test('exactly round(fraction * n) labels are replaced, at places that the seed chooses', () => {
  for (const fraction of [0, 0.1, 0.25, 0.5, 1]) expect(replaced(fraction, 3).length).toBe(Math.round(fraction * 1001));
  expect(replaced(0.1, 3)).not.toEqual(replaced(0.1, 4));
  expect(unmistakable.every((label) => label === 255)).toBe(true);
});

test('with one seed the labels replaced at a small fraction are the same at a larger one', () => {
  const small = randomizeLabels(unmistakable, { fraction: 0.2, seed: 3 });
  const large = randomizeLabels(unmistakable, { fraction: 0.7, seed: 3 });
  for (const i of replaced(0.2, 3)) expect(large[i]).toBe(small[i]);
});

test('each of 10 classes comes within 4 standard deviations of its share of 60,000 labels', () => {
  const labels = randomizeLabels(new Uint8Array(60_000), { fraction: 1, seed: 1 });
  const counts = new Array<number>(10).fill(0);
  for (const label of labels) counts[label]!++;
  for (const count of counts) expect(Math.abs(count - 6000)).toBeLessThan(4 * Math.sqrt(60_000 * 0.1 * 0.9));
});

test('labels in shared memory stay in shared memory', () => {
  const shared = new Uint8Array(new SharedArrayBuffer(4));
  expect(randomizeLabels(shared, { fraction: 0.5, seed: 1 }).buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(randomizeLabels(new Uint8Array(4), { fraction: 0.5, seed: 1 }).buffer).toBeInstanceOf(ArrayBuffer);
});

test('a fraction outside [0, 1] or a number of classes outside [1, 256] is an error', () => {
  for (const fraction of [-0.1, 1.1, Number.NaN]) {
    expect(() => randomizeLabels(unmistakable, { fraction, seed: 1 })).toThrow(UserError);
  }
  expect(() => randomizeLabels(unmistakable, { fraction: 1, seed: 1, classes: 257 })).toThrow(UserError);
});
