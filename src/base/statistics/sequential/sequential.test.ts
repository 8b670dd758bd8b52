import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectRelative, normalValues } from '../../../../test/support/statistics.js';
import { decidedByThen, unitsToCome } from './decision-forecast.js';
import { disjointPairs } from './disjoint-pairs.js';
import { medianSequence } from './median-sequence.js';
import { rateEvidence, rateSequence } from './rate-sequence.js';
import { rateThreshold } from './rate-threshold.js';
import { signThreshold } from './sign-threshold.js';

interface Fixtures {
  readonly thresholds: readonly { readonly evidence: number; readonly least: readonly number[] }[];
  readonly rates: readonly {
    readonly ones: number;
    readonly units: number;
    readonly rate: number;
    readonly evidence: number;
  }[];
}
const fixtures: Fixtures = JSON.parse(
  readFileSync(new URL('../../../../test/fixtures/sequences.json', import.meta.url), 'utf8'),
);
/** 2 / a of one claim alone, and of one of 160. */
const [alone, registered] = [40, 6400];
const points = (values: Iterable<number>) => Array.from(values, (x) => ({ low: x, high: x }));

describe('the threshold of the sign test', () => {
  it('is that of the integral in exact fractions', () => {
    for (const { evidence, least } of fixtures.thresholds) {
      expect(least.map((_, n) => signThreshold(n, evidence))).toEqual(least);
    }
  });

  it('lets no fewer than 8 units decide alone, 14 of 43 claims, 16 of 160', () => {
    const first = (evidence: number) => [...Array(30).keys()].find((n) => signThreshold(n, evidence) <= n);
    expect([first(alone), first(40 * 43), first(registered)]).toEqual([8, 14, 16]);
  });

  it('refuses what is no count', () => {
    expect(() => signThreshold(-1, alone)).toThrow('whole number of units, got -1');
    expect(() => signThreshold(1.5, alone)).toThrow('got 1.5');
    expect(() => signThreshold(5, 0.5)).toThrow('got 0.5');
  });
});

describe('the confidence sequence of a median', () => {
  it('is infinite before anything can be decided, then between order statistics', () => {
    expect(medianSequence(points([1, 2, 3]), alone)).toEqual({ low: -Infinity, high: Infinity });
    expect(medianSequence(points([8, 7, 6, 5, 4, 3, 2, 1]), alone)).toEqual({ low: 1, high: 8 });
  });

  it('keeps a tied value and takes what was seen of a censored one', () => {
    expect(medianSequence(points(Array(50).fill(3)), alone)).toEqual({ low: 3, high: 3 });
    const censored = Array.from({ length: 20 }, () => ({ low: 2, high: Infinity }));
    expect(medianSequence(censored, alone)).toEqual({ low: 2, high: Infinity });
    expect(() => medianSequence([{ low: 2, high: 1 }], alone)).toThrow('low <= high in unit 0');
    expect(() => medianSequence([{ low: Number.NaN, high: 1 }], alone)).toThrow('unit 0');
  });

  it('misses the median in at most 5 % of studies that look after every unit', () => {
    let missed = 0;
    const studies = 400;
    for (let study = 0; study < studies; study++) {
      const units = points(normalValues(120, study));
      const misses = units.some((_, n) => {
        const { low, high } = medianSequence(units.slice(0, n + 1), alone);
        return low > 0 || high < 0;
      });
      if (misses) missed++;
    }
    expect(missed).toBeGreaterThan(0);
    expect(missed / studies).toBeLessThan(0.05);
  });
});

describe('the confidence sequence of a rate', () => {
  it('has the evidence of the integral in exact fractions', () => {
    for (const { ones, units, rate, evidence } of fixtures.rates) {
      expectRelative(rateEvidence(ones, units, rate), evidence, 1e-12, `${ones} of ${units} at ${rate}`);
    }
  });

  it('agrees with the sign test at one half', () => {
    for (const n of [8, 16, 40, 200]) {
      const c = signThreshold(n, registered);
      if (c > n) continue;
      expect(rateEvidence(c, n, 0.5)).toBeGreaterThanOrEqual(registered);
      expect(rateEvidence(c - 1, n, 0.5)).toBeLessThan(registered);
      expect(rateSequence(c, n, registered).low).toBeGreaterThan(0.5);
    }
    const least = [...Array(200).keys()].map((n) => signThreshold(n, registered));
    expect(least.slice(1).map((_, i) => rateThreshold(i + 1, 0.5, registered))).toEqual(least.slice(1));
  });

  it('is symmetric, holds the share seen and reaches the ends', () => {
    const { low, high } = rateSequence(30, 100, alone);
    expect(low).toBeLessThan(0.3);
    expect(high).toBeGreaterThan(0.3);
    expect(rateSequence(70, 100, alone).low).toBeCloseTo(1 - high, 12);
    expect(rateSequence(0, 50, alone).low).toBe(0);
    expect(rateSequence(50, 50, alone).high).toBe(1);
    expect(rateSequence(3000, 4000, registered).low).toBeGreaterThan(0.7);
    expect(() => rateSequence(5, 4, alone)).toThrow('5 of 4');
  });
});

describe('pairs of units', () => {
  it('are disjoint, skip ties and leave a last unit alone', () => {
    expect(disjointPairs([1, 2, 3, 1, 5, 5, 9], [1, 2, 1, 3, 1, 2, 9])).toEqual({ concordant: 1, pairs: 2 });
    expect(disjointPairs([1], [1])).toEqual({ concordant: 0, pairs: 0 });
  });
});

describe('the units that are still to come', () => {
  /** Probability that k of the next n speak for it, after a of m: beta-binomial. */
  const chance = (k: number, n: number, a: number, m: number) => {
    let p = 1;
    for (let i = 0; i < n; i++) p *= (i < k ? a + 1 + i : m - a + 1 + (i - k)) / (m + 2 + i);
    for (let i = 0; i < k; i++) p *= (n - i) / (k - i);
    return p;
  };

  it('follow the rule of succession', () => {
    // Decided with 12 of 15, and not before, after 6 of 8.
    const least = (n: number) => (n === 15 ? 12 : n + 1);
    const decided = decidedByThen({ beyond: 6, least, lost: () => -1 }, 8, 16);
    expect(decided[14]).toBe(0);
    expect(decided[15]).toBeCloseTo(chance(6, 7, 6, 8) + chance(7, 7, 6, 8), 12);
    expect(decided[16]).toBe(decided[15]);
  });

  it('are few where nearly all agree, and without an end where half do', () => {
    const least = (n: number) => signThreshold(n, registered);
    const range = (above: number, n: number) =>
      unitsToCome(
        [above, n - above].map((beyond) => ({ beyond, least, lost: (units) => units - least(units) })),
        n,
        2000,
      );
    expect(range(15, 15)).toEqual([1, 1]);
    const [early, late] = range(16, 18);
    expect(early).toBeGreaterThanOrEqual(3);
    expect(late).toBeLessThan(60);
    expect(range(50, 100)[1]).toBeUndefined();
  });
});
