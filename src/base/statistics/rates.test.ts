import { describe, expect, test } from 'vitest';
import { expectRelative, statisticsFixtures } from '../../../test/support/statistics.js';
import { binomialProbabilities, binomialTails, binomialTest } from './binomial.js';
import { clopperPearsonInterval } from './clopper-pearson.js';
import { mcnemarTest } from './mcnemar.js';

const fixtures = statisticsFixtures();

describe('binomial', () => {
  test('p-values are within 1e-10 of scipy up to 10,000 trials, in each direction', () => {
    for (const { k, n, p, twoSided, greater, less } of fixtures.binomial) {
      const name = `${k} of ${n} at ${p}`;
      expectRelative(binomialTest(k, n, p), twoSided, 1e-10, name);
      expectRelative(binomialTest(k, n, p, 'greater'), greater, 1e-10, `${name}, greater`);
      expectRelative(binomialTest(k, n, p, 'less'), less, 1e-10, `${name}, less`);
    }
  });

  test('probabilities of 20 trials are within 1e-14 of C(n, k) p^k q^(n - k)', () => {
    let choose = 1;
    binomialProbabilities(20, 0.3).forEach((probability, k) => {
      expectRelative(probability, choose * 0.3 ** k * 0.7 ** (20 - k), 1e-14, `P(${k})`);
      choose = (choose * (20 - k)) / (k + 1);
    });
  });

  test('the tails overlap in the count itself, and certain trials have certain tails', () => {
    const { lower, upper } = binomialTails(4, 11, 0.4);
    expect(lower + upper - binomialProbabilities(11, 0.4)[4]!).toBeCloseTo(1, 14);
    expect([...binomialProbabilities(3, 0), ...binomialProbabilities(3, 1)]).toEqual([1, 0, 0, 0, 0, 0, 0, 1]);
  });

  test('counts and probabilities that make no sense are refused', () => {
    expect(() => binomialTest(4, 3, 0.5)).toThrow(
      'expected whole numbers, 0 <= successes <= trials, got 4 of 3 trials',
    );
    expect(() => binomialTest(0, 0, 0.5)).toThrow(RangeError);
    expect(() => binomialTest(1.5, 3, 0.5)).toThrow(RangeError);
    expect(() => binomialTest(1, 3, Number.NaN)).toThrow(RangeError);
  });
});

describe('intervals of rates', () => {
  test('Clopper-Pearson is within 1e-9 of the beta quantiles of scipy', () => {
    for (const { successes, trials, confidence, clopperPearson } of fixtures.rates) {
      const exact = clopperPearsonInterval(successes, trials, confidence);
      const name = `${successes} of ${trials} at ${confidence}`;
      [exact.low, exact.high].forEach((end, i) => {
        expectRelative(end, clopperPearson[i]!, 1e-9, `Clopper-Pearson, ${name}`);
      });
      expect(exact.estimate).toBe(successes / trials);
    }
  });

  test('a level outside (0, 1) and impossible counts are refused', () => {
    expect(() => clopperPearsonInterval(1, 2, 1)).toThrow(RangeError);
    expect(() => clopperPearsonInterval(1, 2, Number.NaN)).toThrow(RangeError);
    expect(() => clopperPearsonInterval(3, 2)).toThrow(RangeError);
    expect(() => clopperPearsonInterval(0, 0)).toThrow(RangeError);
  });
});

test("McNemar's exact test is the sign test of the disagreements within 1e-15, and 1 without any", () => {
  expectRelative(mcnemarTest(1, 7), (2 * (1 + 8)) / 2 ** 8, 1e-15, '1 against 7');
  expect(mcnemarTest(7, 1)).toBe(mcnemarTest(1, 7));
  expect([mcnemarTest(0, 0), mcnemarTest(4, 4)]).toEqual([1, 1]);
  expect(() => mcnemarTest(-1, 3)).toThrow(RangeError);
});
