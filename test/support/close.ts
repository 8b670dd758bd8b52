import { expect } from 'vitest';

/** Every element within `bound` of the expected one, relative to the largest expected magnitude. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  bound: number,
  what = 'value',
): void {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(1e-30, ...Array.from(expected, Math.abs));
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!) / scale;
    if (!(error <= bound)) {
      expect.fail(
        `${what}[${i}]: expected ${expected[i]}, got ${actual[i]} ` +
          `(error ${error} of the largest value, bound ${bound})`,
      );
    }
  }
}
