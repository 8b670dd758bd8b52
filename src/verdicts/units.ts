import type { Range } from '../base/statistics/index.js';
import type { ClaimTest } from '../study/claim.js';
import { concordance, type SeedResults, termRange } from './term-range.js';

/** What one seed says of a test. */
export interface SeedValue {
  readonly seed: number;
  /** Undefined: the seed is left out by the registered condition of the claim or the test. */
  readonly x: Range | undefined;
  /** The second number of a `gamma`. */
  readonly y?: Range | undefined;
}

const isUnknown = ({ low, high }: Range): boolean =>
  low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY;

/**
 * Takes the value of a test from the results of one seed. `conditional`: a seed whose value is unknown is none that
 * the claim is about.
 */
export function seedValue(test: ClaimTest, seed: number, results: SeedResults, conditional = false): SeedValue {
  const x = termRange(test.x, results);
  const leftOut = { seed, x: undefined, ...(test.kind === 'gamma' && { y: undefined }) };
  if (conditional && isUnknown(x)) return leftOut;
  if (test.kind !== 'gamma') return { seed, x };
  if (test.only !== undefined && termRange(test.only, results).high < 1) return leftOut;
  return { seed, x, y: termRange(test.y, results) };
}

/** One independent unit: a seed, or of a `gamma` a pair of seeds, under the first of them. */
export interface Unit extends Range {
  readonly seed: number;
}

/**
 * The units of a test, from its values in the order of their seeds. Seeds that are left out make none. Of a `gamma`
 * the first and the second seed make a pair, the third and the fourth, ...: 1 if they are concordant, 0 if not, [0, 1]
 * if that is not known; a pair with a tie is no unit.
 */
export function unitsOf(test: ClaimTest, values: readonly SeedValue[]): readonly Unit[] {
  const own = values.flatMap(({ seed, x, y }) => (x === undefined ? [] : [{ seed, x, y }]));
  if (test.kind !== 'gamma') return own.map(({ seed, x }) => ({ seed, ...x }));
  const pairs = own.flatMap((first, i) => (i % 2 === 0 && own[i + 1] ? [[first, own[i + 1]!] as const] : []));
  return pairs.flatMap(([a, b]) => {
    const { low, high } = concordance([a.x, b.x], [a.y!, b.y!]);
    if (low === 0 && high === 0) return [];
    return [{ seed: a.seed, low: low > 0 ? 1 : 0, high: high > 0 ? 1 : 0 }];
  });
}
