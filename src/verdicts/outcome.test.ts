import { describe, expect, it } from 'vitest';
import type { Bound } from '../study/claim.js';
import { conjunction, isReal, outcomeInBand, outcomeOf } from './outcome.js';

const more: Bound = { direction: 'above', margin: 2, noEffect: 0 };

describe('an outcome', () => {
  it.each([
    ['stands', 2.1, 3],
    ['open', 2, 3],
    ['open', -1, 5],
    ['fallsShort', 0.5, 1.9],
    ['fallsShort', -1, 1.9],
    ['open', 1, 2],
    ['falls', -3, -0.1],
    ['fallsShort', -3, 0],
    ['open', -Infinity, Infinity],
  ] as const)('is %s for [%d, %d]', (expected, low, high) => {
    expect(outcomeOf({ low, high }, more)).toBe(expected);
    expect(outcomeOf({ low: -high, high: -low }, { direction: 'below', margin: -2, noEffect: 0 })).toBe(expected);
  });

  it('that falls short is real beyond no effect, in either direction', () => {
    expect(isReal({ low: 0.5, high: 1.9 }, more)).toBe(true);
    expect(isReal({ low: 0, high: 1.9 }, more)).toBe(false);
    expect(isReal({ low: -1.9, high: -0.5 }, { direction: 'below', margin: -2, noEffect: 0 })).toBe(true);
  });

  it('of a band stands inside, falls outside, is open across an edge', () => {
    const band = { low: 850, high: 1150 };
    expect(outcomeInBand({ low: 900, high: 1100 }, band)).toBe('stands');
    expect(outcomeInBand({ low: 700, high: 849 }, band)).toBe('falls');
    expect(outcomeInBand({ low: 1151, high: 2000 }, band)).toBe('falls');
    expect(outcomeInBand({ low: 850, high: 1000 }, band)).toBe('open');
  });

  it('of several parts needs all to stand and one to fall', () => {
    expect(conjunction(['stands', 'stands'])).toBe('stands');
    expect(conjunction(['stands', 'open'])).toBe('open');
    expect(conjunction(['stands', 'fallsShort', 'open'])).toBe('fallsShort');
    expect(conjunction(['fallsShort', 'falls'])).toBe('falls');
    expect(conjunction([])).toBe('open');
  });
});
