import { describe, expect, it } from 'vitest';
import { logTicks, shortNumber } from './ticks.js';

describe('the ticks of a logarithmic axis', () => {
  it.each([
    [0.001, 100, [1e-3, 1e-2, 0.1, 1, 10, 100]],
    [0.09, 1.2, [0.1, 0.2, 0.5, 1]],
  ])('of %f to %f are %j', (low, high, ticks) => {
    expect(logTicks(low, high)).toEqual(ticks);
  });

  it('are at least two wherever the range lies, and some ten where it is wide', () => {
    for (let low = 1e-9; low < 1e9; low *= 1.37) {
      for (const ratio of [1.3, 2, 5, 40, 1e5, 1e12]) {
        const ticks = logTicks(low, low * ratio);
        const said = `${low} to ${low * ratio}`;
        expect(ticks.length, said).toBeGreaterThan(1);
        expect(ticks.length, said).toBeLessThan(14);
        expect(
          ticks.every((tick) => tick >= low && tick <= low * ratio),
          said,
        ).toBe(true);
        expect(new Set(ticks.map(shortNumber)).size, said).toBe(ticks.length);
      }
    }
  });
});
