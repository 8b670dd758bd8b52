import { expect, test } from 'vitest';
import { expectRelative, normalValues, statisticsFixtures } from '../../../test/support/statistics.js';
import { namedStream } from '../streams.js';
import { equivalenceTest } from './equivalence.js';
import { holm } from './holm.js';

test('two one-sided tests are within 1e-11 of scipy for 5 to 31 pairs, by factor and by margin', () => {
  for (const { a, b, bound, pValue, low, high } of statisticsFixtures().equivalence) {
    const result = equivalenceTest(a, b, bound);
    expectRelative(result.pValue, pValue, 1e-11, 'p');
    expectRelative(result.interval.low, low, 1e-11, 'low');
    expectRelative(result.interval.high, high, 1e-11, 'high');
    expect(result.equivalent).toBe(pValue < 0.05);
  }
});

test('equivalence holds exactly where the 90 % interval is inside the bounds', () => {
  const outcomes = Array.from({ length: 200 }, (_, sample) => {
    const differences = normalValues(12, sample);
    const { interval, equivalent } = equivalenceTest(differences, new Float64Array(12), { margin: 0.7 });
    expect(equivalent).toBe(interval.low > -0.7 && interval.high < 0.7);
    return equivalent;
  });
  expect(new Set(outcomes).size).toBe(2);
});

test('a factor reads the same both ways, and pairs of one ratio are judged by it alone', () => {
  const [a, b] = [
    [1, 2, 3, 4],
    [1.1, 1.9, 3.2, 4.1],
  ];
  const [forth, back] = [equivalenceTest(a!, b!, { factor: 1.5 }), equivalenceTest(b!, a!, { factor: 1.5 })];
  expectRelative(forth.pValue, back.pValue, 1e-12, 'p');
  expectRelative(forth.interval.low, 1 / back.interval.high, 1e-12, 'interval');
  expect(equivalenceTest([2, 2], [1, 1], { factor: 3 })).toMatchObject({ pValue: 0, equivalent: true });
  expect(equivalenceTest([2, 2], [1, 1], { factor: 1.5 })).toMatchObject({ pValue: 1, equivalent: false });
});

test('too few pairs, ratios of what is not positive and bounds of no width are refused', () => {
  expect(() => equivalenceTest([1], [1], { factor: 2 })).toThrow('expected at least 2 values, got 1');
  expect(() => equivalenceTest([1, -1], [1, 1], { factor: 2 })).toThrow('expected positive numbers, got -1 and 1 at 1');
  expect(() => equivalenceTest([1, 2], [1, 1], { factor: 1 })).toThrow('got {"factor":1}');
  expect(() => equivalenceTest([1, 2], [1, 1], { margin: Number.NaN })).toThrow(RangeError);
  expect(() => equivalenceTest([1, 2], [1, 1], { margin: 1 }, 0.5)).toThrow(RangeError);
});

test("Holm's adjusted p-values are those of R's p.adjust, in the order given", () => {
  const close = (actual: readonly number[], expected: readonly number[]) =>
    actual.forEach((p, i) => {
      expect(p).toBeCloseTo(expected[i]!, 14);
    });
  close(holm([0.01, 0.02, 0.03, 0.04, 0.05]), [0.05, 0.08, 0.09, 0.09, 0.09]);
  close(holm([0.04, 0.01, 0.7, 0.02]), [0.08, 0.04, 0.7, 0.06]);
  close(holm([0.6, 0.9]), [1, 1]);
  expect(holm([])).toEqual([]);
  expect(() => holm([0.1, Number.NaN])).toThrow(RangeError);
});

test('Holm refuses the same claims as stepping down from the smallest p-value, over 500 families', () => {
  const rng = namedStream('holm', 1);
  for (let family = 0; family < 500; family++) {
    const pValues = Array.from({ length: 1 + (family % 9) }, () => (rng.next() % 60) / 400);
    const sorted = [...pValues].sort((a, b) => a - b);
    const kept = sorted.findIndex((p, i) => p * (sorted.length - i) >= 0.05);
    const refused = kept === -1 ? sorted.length : kept;
    expect(holm(pValues).filter((p) => p < 0.05).length).toBe(refused);
  }
});
