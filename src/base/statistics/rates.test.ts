import { describe, expect, test } from 'vitest';
import { expectRelative, statisticsFixtures } from '../../../test/support/statistics.js';
import { binomialProbabilities, binomialTails, binomialTest } from './binomial.js';
import { clopperPearsonInterval } from './clopper-pearson.js';
import { mcnemarTest } from './mcnemar.js';
import { newcombeInterval } from './newcombe.js';
import { signTest } from './sign-test.js';
import { twoProportionTest } from './two-proportion.js';
import { wilsonInterval } from './wilson.js';

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
  test('Clopper-Pearson is within 1e-9 of the beta quantiles of scipy, Wilson within 1e-12 of its own', () => {
    for (const { successes, trials, confidence, clopperPearson, wilson } of fixtures.rates) {
      const exact = clopperPearsonInterval(successes, trials, confidence);
      const score = wilsonInterval(successes, trials, confidence);
      const name = `${successes} of ${trials} at ${confidence}`;
      [exact.low, exact.high].forEach((end, i) => {
        expectRelative(end, clopperPearson[i]!, 1e-9, `Clopper-Pearson, ${name}`);
      });
      expect(Math.abs(score.low - wilson[0]!) + Math.abs(score.high - wilson[1]!)).toBeLessThan(1e-12);
      expect([exact.estimate, score.estimate]).toEqual([successes / trials, successes / trials]);
    }
  });

  test("Newcombe's interval gives the four digits of the examples of his paper (1998, table II, method 10)", () => {
    const rate = (successes: number, trials: number) => ({ successes, trials });
    const examples = [
      [rate(56, 70), rate(48, 80), 0.0524, 0.3339],
      [rate(9, 10), rate(3, 10), 0.1705, 0.809],
      [rate(5, 56), rate(0, 29), -0.0381, 0.1926],
      [rate(0, 10), rate(0, 20), -0.1611, 0.2775],
      [rate(10, 10), rate(0, 20), 0.6791, 1],
    ] as const;
    for (const [a, b, low, high] of examples) {
      const interval = newcombeInterval(a, b);
      expect(interval.low).toBeCloseTo(low, 4);
      expect(interval.high).toBeCloseTo(high, 4);
      const mirrored = newcombeInterval(b, a);
      expect([mirrored.low, mirrored.high]).toEqual([-interval.high, -interval.low]);
    }
  });

  test('a level outside (0, 1) and impossible counts are refused', () => {
    for (const interval of [clopperPearsonInterval, wilsonInterval]) {
      expect(() => interval(1, 2, 1)).toThrow(RangeError);
      expect(() => interval(1, 2, Number.NaN)).toThrow(RangeError);
      expect(() => interval(3, 2)).toThrow(RangeError);
      expect(() => interval(0, 0)).toThrow(RangeError);
    }
  });
});

test('two-proportion z: within 1e-12 of chi-square without correction; 9866 against 9880 of 10,000: -0.87', () => {
  for (const { first, second, zSquared, pValue } of fixtures.twoProportion) {
    const rate = ([successes, trials]: readonly number[]) => ({ successes: successes!, trials: trials! });
    const result = twoProportionTest(rate(first), rate(second));
    expectRelative(result.z * result.z, zSquared, 1e-12, 'z^2');
    expectRelative(result.pValue, pValue, 1e-12, 'p');
  }
  const report = twoProportionTest({ successes: 9866, trials: 10_000 }, { successes: 9880, trials: 10_000 });
  expect(report.z).toBeCloseTo(-0.87, 1);
  expect(twoProportionTest({ successes: 3, trials: 3 }, { successes: 5, trials: 5 })).toEqual({ z: 0, pValue: 1 });
});

test("McNemar's exact test is the sign test of the disagreements within 1e-15, and 1 without any", () => {
  expectRelative(mcnemarTest(1, 7), (2 * (1 + 8)) / 2 ** 8, 1e-15, '1 against 7');
  expect(mcnemarTest(7, 1)).toBe(mcnemarTest(1, 7));
  expect([mcnemarTest(0, 0), mcnemarTest(4, 4)]).toEqual([1, 1]);
  expect(() => mcnemarTest(-1, 3)).toThrow(RangeError);
});

test('the sign test counts signs, leaves zeros out and is exact: 9 of 10 positive have p = 22 / 1024', () => {
  const differences = [1, 2, 3, 0, 4, 5, 6, 7, 8, -1, 0, 9];
  expect(signTest(differences)).toEqual({ nPositive: 9, nNegative: 1, nZero: 2, pValue: 22 / 1024 });
  expect(signTest(differences, 'greater').pValue).toBe(11 / 1024);
  expect(signTest(differences, 'less').pValue).toBe(1023 / 1024);
  expect(signTest([0, -0]).pValue).toBe(1);
  expect(() => signTest([])).toThrow('at least 1 value, got 0');
  expect(() => signTest([1, Number.NaN])).toThrow('got NaN at 1');
});
