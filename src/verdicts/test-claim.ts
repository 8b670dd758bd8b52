import {
  type Bootstrap,
  binomialTest,
  bootstrapMedian,
  bootstrapPValue,
  bootstrapSpearman,
  clopperPearsonInterval,
  equivalenceTest,
  type Interval,
  median,
  newcombeInterval,
  percentileInterval,
  wilsonInterval,
} from '../base/statistics/index.js';
import type { Bound, ClaimTest, Term } from '../study/claim.js';
import { expectation } from '../study/expectation.js';
import { type SeedResults, termValue } from './term-value.js';
import type { TestOutcome } from './verdict.js';

type TestOf<K extends ClaimTest['kind']> = Extract<ClaimTest, { kind: K }>;
type Found = Omit<TestOutcome, 'label' | 'expected' | 'note'> & { readonly note?: string };

const confidence = 0.95;

/**
 * Tests one part of a claim over seeds; the same values give the same outcome.
 * Seeds that lack a value are left out. See docs/definitions.md#verdicts
 */
export function testClaim(test: ClaimTest, seeds: readonly SeedResults[]): TestOutcome {
  return { label: test.label, expected: expectation(test), note: '', ...foundBy(test, seeds) };
}

function foundBy(test: ClaimTest, seeds: readonly SeedResults[]): Found {
  switch (test.kind) {
    case 'value':
      return overValues(valuesOf(test.of, seeds), test);
    case 'ratio':
    case 'difference':
      return overPairs(test, pairsOf(test.of, test.to, seeds));
    case 'similar':
      return similar(test, pairsOf(test.of, test.to, seeds).filter(bothPositive));
    case 'rate':
      return rate(test, valuesOf([test.of], seeds));
    case 'rateDifference':
      return rateDifference(test, pairsOf(test.of, test.to, seeds));
    case 'correlation':
      return correlation(test, seeds);
    case 'chance':
      return chance(test, pairsOf(test.of, test.trials, seeds));
  }
}

type Pair = readonly [number, number];

const valuesOf = (terms: readonly Term[], seeds: readonly SeedResults[]): readonly number[] =>
  seeds.flatMap((results) => terms.flatMap((term) => termValue(term, results) ?? []));

function pairsOf(of: Term, to: Term, seeds: readonly SeedResults[]): readonly Pair[] {
  return seeds.flatMap((results) => {
    const [a, b] = [termValue(of, results), termValue(to, results)];
    return a === undefined || b === undefined ? [] : [[a, b] as const];
  });
}

const bothPositive = ([a, b]: Pair): boolean => a > 0 && b > 0;
const nothing: Found = {
  effect: undefined,
  confidence,
  outcome: 'open',
  pValue: 1,
  count: 0,
  note: 'no values',
};

function overPairs(test: TestOf<'ratio' | 'difference'>, pairs: readonly Pair[]): Found {
  const values = pairs.map(([a, b]) => (test.kind === 'ratio' ? a / b : a - b));
  return overValues(values.filter(Number.isFinite), test);
}

function overValues(values: readonly number[], bound: Bound): Found {
  if (values.length === 0) return nothing;
  return { ...beyond(bootstrapMedian(values), bound), count: values.length };
}

/** Compares the interval of a bootstrapped statistic with the margin and with no effect. */
function beyond(found: Bootstrap, bound: Bound): Omit<Found, 'count'> {
  const effect = percentileInterval(found, confidence);
  const outcome = placeOf(effect, bound);
  const against = outcome === 'supports' ? bound.margin : bound.noEffect;
  return { effect, confidence, outcome, pValue: outcome === 'open' ? 1 : bootstrapPValue(found, against) };
}

function placeOf({ low, high }: Interval, { direction, margin, noEffect }: Bound): TestOutcome['outcome'] {
  if (direction === 'above' ? low > margin : high < margin) return 'supports';
  return (direction === 'above' ? high < noEffect : low > noEffect) ? 'refutes' : 'open';
}

function similar({ factor }: TestOf<'similar'>, pairs: readonly Pair[]): Found {
  if (pairs.length < 2) return { ...nothing, count: pairs.length, note: 'too few values for a test' };
  const { interval, pValue, equivalent } = equivalenceTest(
    pairs.map(([a]) => a),
    pairs.map(([, b]) => b),
    { factor },
  );
  const common = { effect: interval, confidence: 0.9, count: pairs.length };
  if (equivalent) return { ...common, outcome: 'supports', pValue };
  const outside = interval.low > factor ? factor : interval.high < 1 / factor ? 1 / factor : undefined;
  if (outside === undefined) return { ...common, outcome: 'open', pValue: 1 };
  return {
    ...common,
    outcome: 'refutes',
    pValue: bootstrapPValue(bootstrapMedian(pairs.map(([a, b]) => a / b)), outside),
  };
}

const successes = (values: readonly number[]): { readonly successes: number; readonly trials: number } => ({
  successes: values.filter((value) => value > 0).length,
  trials: values.length,
});

function rate(bound: TestOf<'rate'>, values: readonly number[]): Found {
  if (values.length === 0) return nothing;
  const { successes: k, trials } = successes(values);
  const effect = wilsonInterval(k, trials, confidence);
  const outcome = placeOf(effect, bound);
  const [p, side] =
    outcome === 'supports'
      ? ([bound.margin, bound.direction === 'above'] as const)
      : ([bound.noEffect, bound.direction === 'below'] as const);
  const pValue = outcome === 'open' ? 1 : binomialTest(k, trials, p, side ? 'greater' : 'less');
  return { effect, confidence, outcome, pValue, count: trials };
}

function rateDifference(bound: TestOf<'rateDifference'>, pairs: readonly Pair[]): Found {
  if (pairs.length === 0) return nothing;
  const [first, second] = [successes(pairs.map(([a]) => a)), successes(pairs.map(([, b]) => b))];
  const intervalAt = (level: number): Interval => newcombeInterval(first, second, level);
  const effect = intervalAt(confidence);
  const outcome = placeOf(effect, bound);
  const against = outcome === 'supports' ? bound.margin : bound.noEffect;
  return {
    effect,
    confidence,
    outcome,
    pValue: outcome === 'open' ? 1 : pValueOf(intervalAt, against),
    count: pairs.length,
  };
}

/** 1 less the largest confidence at which an interval leaves a value out, to 2^-40. */
function pValueOf(intervalAt: (confidence: number) => Interval, value: number): number {
  let [out, inside] = [0, 1];
  for (let i = 0; i < 40; i++) {
    const level = (out + inside) / 2;
    const { low, high } = intervalAt(level);
    if (value < low || value > high) out = level;
    else inside = level;
  }
  return 1 - out;
}

/**
 * How many resamples of a list hold one value alone, of which no correlation can be taken: sum over its values of
 * (share of the value)^n.
 */
function shareOfConstant(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / values.length);
  return shares.reduce((sum, share) => sum + values.reduce((power) => power * share, 1), 0);
}

function correlation(test: TestOf<'correlation'>, seeds: readonly SeedResults[]): Found {
  const found = seeds.flatMap((results) =>
    test.points.flatMap(({ x, y, only }) => {
      const [a, b] = [termValue(x, results), termValue(y, results)];
      if (a === undefined || b === undefined) return [];
      return [{ a, b, counts: only === undefined || (termValue(only, results) ?? 0) > 0 }];
    }),
  );
  const points = found.filter(({ counts }) => counts);
  const count = points.length;
  const leftOut = found.length - count;
  const note = leftOut > 0 ? `${leftOut} of ${found.length} points left out` : '';
  const [x, y] = [points.map(({ a }) => a), points.map(({ b }) => b)];
  if (count === 0 || shareOfConstant(x) + shareOfConstant(y) > 0.4) {
    return {
      ...nothing,
      count,
      note: [note, 'no correlation: one side is the same for nearly all points, or there are too few']
        .filter(Boolean)
        .join('; '),
    };
  }
  return { ...beyond(bootstrapSpearman(x, y), test), count, note };
}

function chance({ share }: TestOf<'chance'>, pairs: readonly Pair[]): Found {
  if (pairs.length === 0) return nothing;
  const trials = pairs[0]![1];
  const right = Math.round(median(pairs.map(([value]) => value)) * trials);
  const effect = clopperPearsonInterval(right, trials, confidence);
  const holds = effect.low <= share && share <= effect.high;
  // That chance is not ruled out is no finding with a p of its own: it adds none to a verdict in favour.
  const pValue = holds ? 0 : binomialTest(right, trials, share);
  return { effect, confidence, outcome: holds ? 'supports' : 'refutes', pValue, count: pairs.length };
}
