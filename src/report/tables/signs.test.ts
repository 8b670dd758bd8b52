import { describe, expect, it } from 'vitest';
import type { Claim, ClaimTest } from '../../study/claim.js';
import { type Glimpse, glimpseOf } from '../../verdicts/index.js';
import { jointSign, type Sign, signOf, signText } from './signs.js';

const x = { number: 1 } as const;
const above: ClaimTest = { kind: 'median', label: 'a / b', x, direction: 'above', margin: 1.1, noEffect: 1 };
const below: ClaimTest = { ...above, direction: 'below', margin: -0.5, noEffect: 0 };
const band: ClaimTest = { kind: 'band', label: 'a', x, low: 850, high: 1150 };

/** What is seen of tests whose only value is known; undefined for none. */
function seen(
  parts: readonly (readonly [ClaimTest, number | undefined])[],
  protocol: Glimpse['protocol'] = 'as-coded',
): Glimpse {
  const tests = parts.map(([test]) => test);
  const claim: Claim = { id: 'c', statement: 'A is more than B.', metric: '', judged: { [protocol]: { tests } } };
  return {
    claim,
    protocol,
    miniature: true,
    parts: parts.map(([test, value]) =>
      glimpseOf(test, value === undefined ? [] : [{ seed: 1, x: { low: value, high: value } }]),
    ),
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
    ['inside a band', band, 1000, 'alike'],
    ['outside a band', band, 1200, 'unlike'],
    ['no effect known', above, undefined, 'unclear'],
  ])('%s', (_, test, value, expected) => {
    expect(signOf(seen([[test, value]]))).toBe(expected);
  });
});

it('several tests are alike together, partly where one is not, unlike where none is and one is against', () => {
  const sign = (...estimates: readonly number[]): Sign => signOf(seen(estimates.map((one) => [above, one])));
  expect(sign(1.2, 1.3)).toBe('alike');
  expect(sign(1.2, 0.9)).toBe('partly');
  expect(sign(1.2, 1.05)).toBe('partly');
  expect(sign(1.05, 0.9)).toBe('unlike');
  expect(sign(1.05, 1.06)).toBe('unclear');
});

it('protocols are named where they differ', () => {
  const coded = seen([[above, 2]]);
  const intended = seen([[above, 2]], 'as-intended');
  const written = seen([[above, 0.5]], 'as-written');
  expect(signText([coded, intended])).toBe('here too');
  expect(signText([written, coded, intended])).toBe('not here as written, here too as coded and as intended');
  expect([jointSign([coded, intended]), jointSign([written, coded]), jointSign([written])]).toEqual([
    'alike',
    'partly',
    'unlike',
  ]);
});
