import type { Mt19937 } from '../mt19937.js';
import { uniformInt } from '../streams.js';
import { median, quantile } from './quantile.js';
import type { Range } from './sequential/median-sequence.js';

/** Whether each network has each sample right, a 1 or a 0. Shapes: [networks][units][samples] */
export type Hits = readonly (readonly Uint8Array[])[];

/**
 * By how many samples the first network is ahead of the better of the others: the median over units of
 * right_1 - max(right_2, ...). Without weights every sample counts once.
 * Shapes: weights [samples].
 */
export function lead(hits: Hits, units: ArrayLike<number>, weights?: ArrayLike<number>): number {
  const [first, ...others] = hits as readonly [readonly Uint8Array[], ...(readonly Uint8Array[])[]];
  const known = new Map<number, number>();
  const ahead = (unit: number): number => {
    const right = (network: readonly Uint8Array[]): number => weighted(network[unit]!, weights);
    return right(first) - others.reduce((best, network) => Math.max(best, right(network)), 0);
  };
  return median(
    Array.from(units, (unit) => {
      if (!known.has(unit)) known.set(unit, ahead(unit));
      return known.get(unit)!;
    }),
  );
}

function weighted(hits: Uint8Array, weights: ArrayLike<number> | undefined): number {
  let total = 0;
  for (let i = 0; i < hits.length; i++) total += hits[i]! * (weights?.[i] ?? 1);
  return total;
}

/**
 * Where the lead lies if units and samples are both drawn again: the middle 95 % of it over bootstrap draws in which
 * both are drawn with replacement, each by itself. For one number of units that was fixed beforehand; it does not hold
 * at any time. Cost: draws * networks * units * samples additions.
 * Reference: Owen 2007, The pigeonhole bootstrap; its variance is at worst three times too large, never too small.
 */
export function twoWayInterval(hits: Hits, { draws, rng }: { readonly draws: number; readonly rng: Mt19937 }): Range {
  const [units, samples] = [hits[0]!.length, hits[0]![0]!.length];
  const drawn = Array.from({ length: draws }, () => {
    const chosen = Array.from({ length: units }, () => uniformInt(rng, units));
    const weights = new Uint16Array(samples);
    for (let i = 0; i < samples; i++) weights[uniformInt(rng, samples)]!++;
    return lead(hits, chosen, weights);
  });
  return { low: quantile(drawn, 0.025), high: quantile(drawn, 0.975) };
}
