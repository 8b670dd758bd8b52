import { describe, expect, it } from 'vitest';
import type { Claim, ClaimTest } from '../../study/claim.js';
import type { Judgement } from '../../verdicts/index.js';
import { jointSign, type Sign, signOf, signText } from './signs.js';

const term = { number: 1 } as const;
const above: ClaimTest = {
  kind: 'ratio',
  label: 'a / b',
  of: term,
  to: term,
  direction: 'above',
  margin: 1.1,
  noEffect: 1,
};
const below: ClaimTest = { ...above, direction: 'below', margin: -0.5, noEffect: 0 };
const similar: ClaimTest = { kind: 'similar', label: 'a / b', of: term, to: term, factor: 1.5 };
const chance: ClaimTest = { kind: 'chance', label: 'a', of: term, trials: term, share: 0.1 };

/** A judgement of tests whose effects are known; undefined for none. */
function judged(
  parts: readonly (readonly [ClaimTest, number | undefined])[],
  protocol: Judgement['protocol'] = 'as-coded',
): Judgement {
  const claim: Claim = {
    id: 'c',
    statement: 'A is more than B.',
    metric: '',
    margin: '',
    least: { count: 1, unit: 'seeds' },
    tests: { [protocol]: parts.map(([test]) => test) },
  };
  const tests = parts.map(([{ label }, estimate]) => ({
    label,
    expected: '',
    effect: estimate === undefined ? undefined : { estimate, low: estimate - 0.02, high: estimate + 0.02 },
    confidence: 0.95,
    outcome: 'open' as const,
    pValue: 1,
    count: 1,
    note: '',
  }));
  return {
    claim,
    protocol,
    verdict: 'inconclusive',
    tests,
    count: 1,
    missing: 0,
    pValue: 1,
    miniature: true,
    text: '',
  };
}

describe('the sign of one test', () => {
  it.each<readonly [string, ClaimTest, number | undefined, Sign]>([
    ['beyond the margin', above, 1.2, 'alike'],
    ['at the margin', above, 1.1, 'unclear'],
    ['between no effect and the margin', above, 1.05, 'unclear'],
    ['at no effect', above, 1, 'unlike'],
    ['on the other side', above, 0.5, 'unlike'],
    ['below a margin', below, -0.6, 'alike'],
    ['not far enough below', below, -0.4, 'unclear'],
    ['above instead of below', below, 0.1, 'unlike'],
    ['within a factor', similar, 0.7, 'alike'],
    ['outside a factor, below', similar, 0.6, 'unlike'],
    ['outside a factor, above', similar, 1.6, 'unlike'],
    ['an interval that holds the share of chance', chance, 0.11, 'alike'],
    ['an interval that does not', chance, 0.15, 'unlike'],
    ['no effect known', above, undefined, 'unclear'],
  ])('%s', (_, test, estimate, expected) => {
    expect(signOf(judged([[test, estimate]]))).toBe(expected);
  });
});

it('several tests are alike together, partly where one is not, unlike where none is and one is against', () => {
  const sign = (...estimates: readonly number[]): Sign => signOf(judged(estimates.map((one) => [above, one])));
  expect(sign(1.2, 1.3)).toBe('alike');
  expect(sign(1.2, 0.9)).toBe('partly');
  expect(sign(1.2, 1.05)).toBe('partly');
  expect(sign(1.05, 0.9)).toBe('unlike');
  expect(sign(1.05, 1.06)).toBe('unclear');
});

it('protocols are named where they differ', () => {
  const coded = judged([[above, 2]]);
  const intended = judged([[above, 2]], 'as-intended');
  const written = judged([[above, 0.5]], 'as-written');
  expect(signText([coded, intended])).toBe('here too');
  expect(signText([written, coded, intended])).toBe('not here as written, here too as coded and as intended');
  expect([jointSign([coded, intended]), jointSign([written, coded]), jointSign([written])]).toEqual([
    'alike',
    'partly',
    'unlike',
  ]);
});
