import { exp } from '../../base/math.js';
import { Mt19937 } from '../../base/mt19937.js';
import { binomialTails } from '../../base/statistics/binomial.js';
import { signThreshold } from '../../base/statistics/index.js';
import { filled, followedTo, spreadOfTimes, valuesOf } from './distributions.js';
import { normal } from './draws.js';
import { exactly, type Scenario } from './scenario.js';
import type { Least } from './walk.js';

/** Rules that a verdict must not rest on, and orders of units that it must not take: each fails the calibration. */

/** What a function of a number of units returns, kept. */
function remembered(least: Least): Least {
  const known: number[] = [];
  return (n) => {
    known[n] ??= least(n);
    return known[n]!;
  };
}

/**
 * Least k of n that the exact sign test of n units alone rejects a fair coin by, one side at `tail`; n + 1 where none
 * does.
 */
export const fixedSignTest = (tail: number): Least =>
  remembered((n) => {
    let k = Math.floor(n / 2) + 1;
    while (k <= n && binomialTails(k, n, 0.5).upper > tail) k++;
    return k;
  });

/**
 * The percentile bootstrap of the median at 95 %, which verdicts rested on before; it has a closed form. For odd n
 * the bootstrap's median is at most the i-th smallest value with probability P(Bin(n, i/n) > n/2), so the interval
 * ends at order statistics. Even n wait for the next.
 * Reference: Efron 1982, The Jackknife, the Bootstrap and Other Resampling Plans, chapter 10.
 */
export const bootstrapOfMedian: Least = remembered((n) => {
  if (n < 3 || n % 2 === 0) return n + 1;
  const atMost = (i: number): number => binomialTails((n + 1) / 2, n, i / n).upper;
  let lowest = 1;
  while (atMost(lowest) < 0.025) lowest++;
  return n + 1 - lowest;
});

/** The chance that the interval of a rule holds the median of continuous values at one n that was fixed before. */
export const coverageAt = (least: Least, n: number): number =>
  1 - 2 * binomialTails(Math.min(least(n), n), n, 0.5).upper;

/**
 * Values that come in clusters of ten, as points of one trajectory do, and pass for independent units; half of their
 * variance is the cluster's.
 */
export const clusters: Scenario = {
  name: 'points of clusters as units',
  parameter: 'median',
  truth: exactly(0),
  draw(rng, units) {
    let centre = 0;
    const low = filled(units, (i) => {
      if (i % 10 === 0) centre = normal(rng);
      return centre + normal(rng);
    });
    return { low, high: low };
  },
};

/** Log ratios of running times of which the first is cut at a limit, and the limit taken for the value. */
export const limitAsValue = valuesOf(
  'the limit as the value',
  exactly(0),
  (rng) => Math.min(spreadOfTimes * normal(rng), followedTo) - spreadOfTimes * normal(rng),
);

/** What came of studies whose units count as they finish, and of the same in the order of their seeds. */
export interface OrderOutcome {
  readonly asFinished: number;
  readonly inSeedOrder: number;
  readonly studies: number;
}

/** How many units run at once. */
export const atOnce = 40;

/**
 * Studies at their margin whose units take longer as a rule the larger they are (correlation 0.5 with the logarithm
 * of the time), 40 at a time: how many are ever decided, judged as units finish, and by seeds up to the first missing.
 */
export function finishingOrder(studies: number, units: number, evidence: number, seed: number): OrderOutcome {
  const rng = new Mt19937(seed);
  let [asFinished, inSeedOrder] = [0, 0];
  for (let study = 0; study < studies; study++) {
    const values = filled(units, () => normal(rng));
    const times = values.map((x) => exp(0.6 * x + normal(rng)));
    const order = finished(times);
    if (
      everDecides(
        filled(units, (i) => values[order[i]!]!),
        evidence,
      )
    )
      asFinished++;
    if (everDecides(values, evidence)) inSeedOrder++;
  }
  return { asFinished, inSeedOrder, studies };
}

/** Indices in the order in which tasks of these durations end that start in turn, so many at once. */
function finished(times: Float64Array): Int32Array {
  const free = new Float64Array(atOnce);
  const ends = times.map((time) => {
    const first = free.indexOf(Math.min(...free));
    free[first]! += time;
    return free[first]!;
  });
  return Int32Array.from(ends.keys()).sort((a, b) => ends[a]! - ends[b]!);
}

/** Whether values with median 0 are ever found to lie above or below it. */
function everDecides(values: ArrayLike<number>, evidence: number): boolean {
  let above = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i]! > 0) above++;
    if (Math.max(above, i + 1 - above) >= signThreshold(i + 1, evidence)) return true;
  }
  return false;
}
