import { expect, test } from 'vitest';
import { UserError } from './errors.js';
import { Mt19937 } from './mt19937.js';
import { namedStream, philoxKey, sampleWithoutReplacement, uniformInt } from './streams.js';

test('a name and a seed fix the stream, and every bit of both counts', () => {
  const first = (name: string, seed: number) => namedStream(name, seed).next();
  expect(first('labels', 1)).toBe(first('labels', 1));
  const all = [first('labels', 1), first('labels', 2), first('label', 1), first('labels', 1 + 2 ** 32), first('', 1)];
  expect(new Set(all).size).toBe(5);
  expect(all).toMatchInlineSnapshot(`
    [
      1241807195,
      3069247009,
      327726344,
      3823747920,
      2722986966,
    ]
  `);
  expect(() => namedStream('labels', -1)).toThrow(UserError);
});

test('a Philox key is two words that differ by name and seed', () => {
  expect(philoxKey('dropout', 1)).toEqual(philoxKey('dropout', 1));
  expect(new Set([philoxKey('dropout', 1), philoxKey('dropout', 2), philoxKey('noise', 1)].flat()).size).toBe(6);
});

test('uniformInt gives each of 10 values within 4 standard deviations of its share of 100,000 draws', () => {
  const rng = namedStream('test', 1);
  const counts = new Array<number>(10).fill(0);
  for (let i = 0; i < 100_000; i++) counts[uniformInt(rng, 10)]!++;
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(4 * Math.sqrt(100_000 * 0.1 * 0.9));
});

test('uniformInt throws away draws at or above the largest multiple of n', () => {
  // With n = 2^31 + 1 the largest multiple is n itself: draws from n on are passed over.
  const n = 2 ** 31 + 1;
  const words = new Mt19937(2);
  const kept = Array.from({ length: 100 }, () => words.next()).filter((word) => word < n);
  const rng = new Mt19937(2);
  expect(kept.map(() => uniformInt(rng, n))).toEqual(kept);
  expect(kept.length).toBeLessThan(100);
  expect(() => uniformInt(rng, 0)).toThrow(RangeError);
});

test('samples are ascending, without repetition, and nested in larger ones', () => {
  const sample = (k: number) => [...sampleWithoutReplacement(namedStream('test', 5), 1000, k)];
  const large = sample(300);
  expect(large).toEqual([...new Set(large)].sort((a, b) => a - b));
  expect(large).toEqual(expect.arrayContaining(sample(100)));
  expect(sample(1000)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  expect(sample(0)).toEqual([]);
  expect(() => sample(1001)).toThrow(RangeError);
});

test('each of 10 items is in a sample of 3 within 4 standard deviations of 30 % of 10,000 times', () => {
  const rng = namedStream('test', 8);
  const counts = new Array<number>(10).fill(0);
  for (let i = 0; i < 10_000; i++) for (const item of sampleWithoutReplacement(rng, 10, 3)) counts[item]!++;
  for (const count of counts) expect(Math.abs(count - 3000)).toBeLessThan(4 * Math.sqrt(10_000 * 0.3 * 0.7));
});
