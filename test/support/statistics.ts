import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { Mt19937 } from '../../src/base/mt19937.js';
import { normalQuantile } from '../../src/base/statistics/index.js';

type Row<Numbers extends string, Lists extends string = never> = Readonly<Record<Numbers, number>> &
  Readonly<Record<Lists, readonly number[]>>;

/** Values by scipy; see test/fixtures/make_statistics.py. */
export interface StatisticsFixtures {
  readonly normal: readonly Row<'z' | 'upperTail'>[];
  readonly normalQuantile: readonly Row<'p' | 'z'>[];
  readonly samples: readonly Row<never, 'values' | 'quantiles'>[];
  readonly binomial: readonly Row<'k' | 'n' | 'p' | 'twoSided' | 'greater' | 'less'>[];
  readonly rates: readonly Row<'successes' | 'trials' | 'confidence', 'clopperPearson'>[];
}

export const statisticsFixtures = (): StatisticsFixtures =>
  JSON.parse(readFileSync(new URL('../fixtures/statistics.json', import.meta.url), 'utf8'));

/** Within a relative bound, or an absolute 1e-300 where a probability underflows. */
export function expectRelative(actual: number, expected: number, bound: number, what: string): void {
  const error = Math.abs(actual - expected);
  if (!(error <= bound * Math.abs(expected) + 1e-300)) {
    expect.fail(`${what}: expected ${expected}, got ${actual} (relative error ${error / Math.abs(expected)})`);
  }
}

/** Standard normal values from a seed, by inversion. */
export function normalValues(count: number, seed: number): Float64Array {
  const rng = new Mt19937(seed);
  return Float64Array.from({ length: count }, () => normalQuantile((rng.next() + 0.5) / 2 ** 32));
}
