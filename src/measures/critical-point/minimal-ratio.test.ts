import { expect, test } from 'vitest';
import { quadratic } from '../../../test/support/objectives.js';
import { eigenvalueSigns, toleranceSweep } from './minimal-ratio.js';
import { sampledMinimalRatio } from './sampled-minimal-ratio.js';

test('eigenvalues within tau of 0 count as zero; the rest by sign', () => {
  const eigenvalues = Float64Array.of(4, -1e-3, 1e-9, 0, -2, 1e-3);
  expect(eigenvalueSigns(eigenvalues, 1e-6)).toEqual({
    nPositive: 2,
    nZero: 2,
    nNegative: 2,
    minimalRatio: 2 / 6,
    relativeTolerance: 1e-6,
    tolerance: 4e-6,
  });
  expect(eigenvalueSigns(eigenvalues).nPositive).toBe(3);
  expect(eigenvalueSigns(eigenvalues).relativeTolerance).toBe(6 * 2 ** -52);
});

test('the sweep never counts fewer zeros at a larger tolerance', () => {
  const eigenvalues = Float64Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? -1 : 1) * 10 ** -i);
  const zeros = toleranceSweep(eigenvalues).map(({ nZero }) => nZero);
  expect(zeros).toEqual(zeros.slice().sort((a, b) => a - b));
  expect(zeros[0]).toBe(0);
  expect(zeros.at(-1)).toBeGreaterThan(zeros[0]!);
  expect(toleranceSweep(eigenvalues, [0.5]).map(({ nPositive }) => nPositive)).toEqual([0]);
});

test('an empty list, NaN and impossible tolerances are errors', () => {
  expect(() => eigenvalueSigns(new Float64Array(0))).toThrow('at least one eigenvalue');
  expect(() => eigenvalueSigns(Float64Array.of(1, Number.NaN))).toThrow('got NaN at index 1');
  expect(() => eigenvalueSigns(Float64Array.of(1), 1)).toThrow('got 1');
});

test('sampled ratio: 1 at a minimum, 0 at a maximum, 1/2 at a saddle (4 standard errors); equal on a plain', () => {
  const origin = new Float64Array(4);
  expect(sampledMinimalRatio(quadratic([1, 2, 3, 0]), origin).ratio).toBe(1);
  expect(sampledMinimalRatio(quadratic([-1, -2, -3, -1]), origin).nLower).toBe(1000);
  const saddle = sampledMinimalRatio(quadratic([1, 1, -1, -1]), origin, { draws: 4000 });
  expect(Math.abs(saddle.ratio - 0.5)).toBeLessThan(4 * saddle.standardError);
  expect(saddle.standardError).toBeCloseTo(Math.sqrt(0.25 / 4000), 4);
  expect(sampledMinimalRatio(quadratic([0, 0, 0, 0]), origin).nEqual).toBe(1000);
});

test('sampled ratio is the same for a seed, another for another; too few draws are an error', () => {
  const saddle = quadratic([1, -1, 2, -2]);
  const at = new Float64Array(4);
  const [one, again, other] = [1, 1, 2].map((seed) => sampledMinimalRatio(saddle, at, { seed }));
  expect(again).toEqual(one);
  expect(other).not.toEqual(one);
  expect(() => sampledMinimalRatio(saddle, at, { draws: 999 })).toThrow('at least 1000, got 999');
  expect(() => sampledMinimalRatio(saddle, at, { sigma: 0 })).toThrow('sigma: expected a positive number, got 0');
});
