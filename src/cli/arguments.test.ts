import { expect, test } from 'vitest';
import { parseCount, parseSeeds } from './arguments.js';

test('seeds are ranges, lists or both, each once and in their order', () => {
  expect(parseSeeds('1..5')).toEqual([1, 2, 3, 4, 5]);
  expect(parseSeeds('3,1,2')).toEqual([3, 1, 2]);
  expect(parseSeeds('1..3, 7,2')).toEqual([1, 2, 3, 7]);
  expect(parseSeeds('4294967295')).toEqual([4294967295]);
});

test('what is no seed, or too many, is an error before any memory is taken', () => {
  for (const text of ['', 'a', '1..', '..3', '2..1', '-1', '1.5', '1;2', '4294967296', '0..4294967295', '1,,2']) {
    expect(() => parseSeeds(text), text).toThrow(/^expected /);
  }
});

test('a count is a whole number of at least 1', () => {
  expect(parseCount('16')).toBe(16);
  for (const text of ['0', '-1', '1.5', '1e3', 'two', '']) expect(() => parseCount(text), text).toThrow(/^expected /);
});
