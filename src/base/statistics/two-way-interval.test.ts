import { describe, expect, it } from 'vitest';
import { namedStream } from '../streams.js';
import { lead, twoWayInterval } from './two-way-interval.js';

const rng = () => namedStream('two-way interval', 1);

/** Hits of one network: each of some samples with a chance of its own, drawn anew for each unit. */
function drawn(units: number, chances: readonly number[], seed: number): readonly Uint8Array[] {
  const stream = namedStream('hits', seed);
  return Array.from({ length: units }, () => Uint8Array.from(chances, (p) => (stream.next() / 2 ** 32 < p ? 1 : 0)));
}

describe('the lead of the first network', () => {
  it('is the median over units of its hits less those of the better of the others', () => {
    const hits = [
      [Uint8Array.of(1, 1, 1, 0), Uint8Array.of(1, 1, 0, 0), Uint8Array.of(1, 1, 1, 1)],
      [Uint8Array.of(1, 0, 0, 0), Uint8Array.of(1, 1, 1, 0), Uint8Array.of(0, 0, 0, 0)],
      [Uint8Array.of(0, 1, 1, 0), Uint8Array.of(0, 0, 0, 0), Uint8Array.of(1, 0, 0, 0)],
    ];
    expect(lead(hits, [0, 1, 2])).toBe(1);
    expect(lead(hits, [2, 2, 1])).toBe(3);
    expect(lead(hits, [0], [0, 5, 1, 1])).toBe(0);
  });
});

describe('the interval that redraws units and samples', () => {
  const even = Array.from({ length: 400 }, () => 0.5);

  it('is a point where nothing varies', () => {
    const same = (value: number) => Array.from({ length: 5 }, () => new Uint8Array(50).fill(value));
    expect(twoWayInterval([same(1), same(0)], { draws: 50, rng: rng() })).toEqual({ low: 50, high: 50 });
  });

  it('redraws samples even from one unit: as wide as the binomial spread of the samples that differ', () => {
    const hits = [drawn(1, even, 1), drawn(1, even, 2)];
    const differ = hits[0]![0]!.reduce((count, hit, i) => count + (hit === hits[1]![0]![i] ? 0 : 1), 0);
    const { low, high } = twoWayInterval(hits, { draws: 2000, rng: rng() });
    const expected = 2 * 1.96 * Math.sqrt(differ - lead(hits, [0]) ** 2 / 400);
    expect((high - low) / expected).toBeGreaterThan(0.9);
    expect((high - low) / expected).toBeLessThan(1.1);
  });

  it('holds a lead of nothing between networks that are alike, and none of it where one is far ahead', () => {
    const alike = twoWayInterval([drawn(9, even, 3), drawn(9, even, 4)], { draws: 400, rng: rng() });
    expect(alike.low).toBeLessThan(0);
    expect(alike.high).toBeGreaterThan(0);
    const better = even.map((p) => p + 0.3);
    expect(twoWayInterval([drawn(9, better, 5), drawn(9, even, 6)], { draws: 400, rng: rng() }).low).toBeGreaterThan(
      50,
    );
  });
});
