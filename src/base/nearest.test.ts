import { expect, test } from 'vitest';
import { didYouMean, nearest } from './nearest.js';

test('a mistyped word finds the candidate with the fewest edits, whatever its case', () => {
  expect(nearest('raport', ['run', 'report', 'query'])).toBe('report');
  expect(nearest('Rnu', ['run', 'report'])).toBe('run');
});

test('a word with nothing near finds nothing', () => {
  expect(nearest('xyzzy', ['run', 'report'])).toBeUndefined();
  expect(didYouMean('xyzzy', ['run'])).toBe('');
  expect(didYouMean('lerningRate', ['learningRate', 'momentum'])).toBe(' (did you mean learningRate?)');
});
