import { exp } from '../../base/math.js';
import { Mt19937 } from '../../base/mt19937.js';
import { binomialTails } from '../../base/statistics/binomial.js';
import { type Range, signThreshold } from '../../base/statistics/index.js';
import { normal } from './distributions.js';
import { point, type Scenario } from './scenario.js';
import type { Threshold } from './simulate.js';

/** Rules that a verdict must not rest on, and orders of units that it must not take: each fails the calibration. */

/** Least k of n that a fixed-n test of a fair coin rejects: its upper tail is at most `tail`. */
const leastCount = (n: number, tail: number): number => {
  for (let k = Math.ceil(n / 2); k <= n; k++) if (binomialTails(k, n, 0.5).upper <= tail) return k;
  return n + 1;
};

const remembered = (threshold: Threshold): Threshold => {
  const known = new Map<number, number>();
  return (n) => {
    const found = known.get(n) ?? threshold(n);
    known.set(n, found);
    return found;
  };
};

/** The two-sided sign test at 5 %, made for one n and used at every n. */
export const signTestAtEveryLook: Threshold = remembered((n) => leastCount(n, 0.025));

/**
 * The percentile bootstrap of the median at 95 %, which verdicts rested on before; it has a closed form. For odd n
 * the bootstrap's median is at most the i-th smallest value with probability P(Bin(n, i/n) > n/2), so the interval
 * ends at order statistics. Even n wait for the next.
 * Reference: Efron 1982, The Jackknife, the Bootstrap and Other Resampling Plans, chapter 10.
 */
export const bootstrapOfMedian: Threshold = remembered((n) => {
  if (n < 3 || n % 2 === 0) return n + 1;
  const atMost = (i: number): number => binomialTails((n + 1) / 2, n, i / n).upper;
  let lowest = 1;
  while (atMost(lowest) < 0.025) lowest++;
  return n + 1 - lowest;
});

/**
 * Values that come in clusters of ten which are much alike, as points of one trajectory are, and pass for independent
 * units.
 */
export const clusters = (at: number): Scenario => ({
  name: 'points of clusters as units',
  truth: at,
  draw(rng, units) {
    const found: Range[] = [];
    for (let centre = 0; found.length < units; found.push(point(at + centre + 0.3 * normal(rng)))) {
      if (found.length % 10 === 0) centre = normal(rng);
    }
    return found;
  },
});

/** Log ratios of running times cut at a limit, with the limit taken for the value. */
export const limitAsValue = (at: number): Scenario => ({
  name: 'the limit as the value',
  truth: at,
  draw: (rng, units) =>
    Array.from({ length: units }, () => {
      const [numerator, denominator] = [at + 0.7 * normal(rng), 0.7 * normal(rng)];
      return point(Math.min(numerator, at + 0.3) - denominator);
    }),
});

/** How many units run at once, and what share of studies ends in a false verdict, by the order in which units count. */
export interface OrderOutcome {
  readonly asFinished: number;
  readonly inSeedOrder: number;
  readonly studies: number;
}

/**
 * Studies at their margin whose units take longer as a rule the larger they are (correlation 0.5 with their
 * logarithm), 40 at a time: judged as they finish, and in the order of their seeds up to the first that is missing.
 */
export function finishingOrder(studies: number, units: number, evidence: number, seed: number): OrderOutcome {
  const rng = new Mt19937(seed);
  let [asFinished, inSeedOrder] = [0, 0];
  for (let study = 0; study < studies; study++) {
    const values = Array.from({ length: units }, () => normal(rng));
    const times = values.map((x) => exp(0.6 * x + normal(rng)));
    const order = finished(times, 40);
    if (
      everDecides(
        order.map((i) => values[i]!),
        evidence,
      )
    )
      asFinished++;
    if (everDecides(values, evidence)) inSeedOrder++;
  }
  return { asFinished, inSeedOrder, studies };
}

/** Indices in the order in which tasks of these durations end that start in turn, so many at once. */
function finished(times: readonly number[], atOnce: number): readonly number[] {
  const free = new Array<number>(atOnce).fill(0);
  const ends = times.map((time) => {
    const first = free.indexOf(Math.min(...free));
    free[first]! += time;
    return free[first]!;
  });
  return ends.map((_, i) => i).sort((a, b) => ends[a]! - ends[b]!);
}

/** Whether values with median 0 are ever found to lie above or below it. */
function everDecides(values: readonly number[], evidence: number): boolean {
  let [above, below] = [0, 0];
  return values.some((x, i) => {
    if (x > 0) above++;
    if (x < 0) below++;
    return Math.max(above, below) >= signThreshold(i + 1, evidence);
  });
}
