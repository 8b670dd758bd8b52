import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heldStretch, type Pair, stepAt } from './stretch.js';

const all: Pair = [1, 100_000];
const shown = fc
  .tuple(fc.integer({ min: 1, max: 40_000 }), fc.integer({ min: 1000, max: 50_000 }))
  .map(([from, width]): Pair => [from, from + width]);
const share = fc.double({ min: 0.05, max: 0.95, noNaN: true });

describe.each([false, true])('a stretch of steps that fingers hold, logarithmic %s', (log) => {
  /** Steps between that of a finger and the one under it, in halves of whole ones: those at both ends are rounded. */
  const halves = (stretch: Pair, at: number, step: number): number =>
    (2 * Math.abs(stepAt(at, stretch, log) - step)) / (1 + step / stretch[0]);

  it('keeps the step under one finger, and its own width, unless it would leave the steps that there are', () => {
    fc.assert(
      fc.property(shown, share, share, (before, from, to) => {
        const step = stepAt(from, before, log);
        const after = heldStretch(before, [{ at: to, step }], { all, log })!;
        expect(after[0]).toBeGreaterThanOrEqual(all[0]);
        expect(after[1]).toBeLessThanOrEqual(all[1]);
        if (after[0] > all[0] && after[1] < all[1]) expect(halves(after, to, step)).toBeLessThan(1.1);
        if (!log) expect(after[1] - after[0]).toBe(before[1] - before[0]);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the steps under both of two fingers, and is no longer one where it has all steps', () => {
    fc.assert(
      fc.property(shown, fc.tuple(share, share), fc.tuple(share, share), (before, from, to) => {
        fc.pre(Math.abs(from[0] - from[1]) > 0.1 && Math.abs(to[0] - to[1]) > 0.1);
        fc.pre(from[0] < from[1] === to[0] < to[1]);
        const held = [0, 1].map((i) => ({ at: to[i]!, step: stepAt(from[i]!, before, log) }));
        const after = heldStretch(before, held, { all, log });
        if (!after) return;
        expect(after[1]).toBeGreaterThan(after[0]);
        if (after[0] === all[0] || after[1] === all[1]) return;
        for (const { at, step } of held) expect(halves(after, at, step)).toBeLessThan(1.1);
      }),
      { numRuns: 300 },
    );
  });

  it('of two fingers that come together is all steps', () => {
    const held = [0.2, 0.8].map((at, i) => ({ at: [0.499, 0.501][i]!, step: stepAt(at, [1, 90_000], log) }));
    expect(heldStretch([1, 90_000], held, { all, log })).toBeUndefined();
  });
});
