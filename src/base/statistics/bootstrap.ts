import { namedStream, uniformInt } from '../streams.js';
import { quantileOfSorted } from './quantile.js';
import { type Interval, requireLevel, requireSample } from './sample.js';

/** Where the draws come from, and how many there are. */
export interface BootstrapOptions {
  /** Seed of the stream `bootstrap`. Default 0: a verdict must not depend on a choice of the day. */
  readonly seed?: number;
  /** Default 10,000. */
  readonly resamples?: number;
}

/** A statistic of a sample, and of its resamples in ascending order. */
export interface Bootstrap {
  readonly estimate: number;
  readonly resampled: Float64Array;
}

/**
 * A statistic over samples of the same size drawn with replacement. It is given the chosen indices, so that pairs stay
 * together. Resamples where it is not a number (a correlation of one repeated point) are drawn again.
 *
 * Shapes: indices [n]; resampled [resamples], ascending. Cost: resamples + 1 statistics. Reference: Efron 1979, Annals
 * of Statistics 7(1).
 * @throws RangeError if n or `resamples` is below 1, or the statistic is not a number for the sample itself or for most
 * resamples
 */
export function bootstrap(
  n: number,
  statistic: (indices: Int32Array) => number,
  { seed = 0, resamples = 10_000 }: BootstrapOptions = {},
): Bootstrap {
  if (!(Number.isSafeInteger(n) && n >= 1 && Number.isSafeInteger(resamples) && resamples >= 1)) {
    throw new RangeError(`bootstrap: expected at least 1 value and 1 resample, got ${n} and ${resamples}`);
  }
  const indices = Int32Array.from({ length: n }, (_, i) => i);
  const estimate = statistic(indices);
  const resampled = new Float64Array(resamples);
  const rng = namedStream('bootstrap', seed);
  let undefinedCount = Number.isNaN(estimate) ? resamples : 0;
  for (let r = 0; r < resamples && undefinedCount < resamples; ) {
    for (let i = 0; i < n; i++) indices[i] = uniformInt(rng, n);
    const value = statistic(indices);
    if (Number.isNaN(value)) undefinedCount++;
    else resampled[r++] = value;
  }
  if (undefinedCount === resamples) {
    throw new RangeError(`bootstrap: expected a statistic that is a number, got NaN for the sample or most resamples`);
  }
  return { estimate, resampled: resampled.sort() };
}

/**
 * The median over resamples of values: of paired differences, or of paired ratios.
 *
 * Shapes: values [n].
 * @throws RangeError if there is no value or one is not finite
 */
export function bootstrapMedian(values: ArrayLike<number>, options?: BootstrapOptions): Bootstrap {
  requireSample(values, 'bootstrapMedian');
  const chosen = new Float64Array(values.length);
  const median = (indices: Int32Array) => {
    for (let i = 0; i < indices.length; i++) chosen[i] = values[indices[i]!]!;
    return quantileOfSorted(chosen.sort(), 0.5);
  };
  return bootstrap(values.length, median, options);
}

/**
 * The percentile interval: the middle `confidence` of the resampled statistics. It needs no acceleration constant,
 * whose jackknife estimate does not converge for a median.
 *
 * Reference: Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapter 13; on the jackknife 11.6.
 * @throws RangeError if the confidence is not between 0 and 1
 */
export function percentileInterval({ estimate, resampled }: Bootstrap, confidence = 0.95): Interval {
  requireLevel(confidence, 'percentileInterval');
  const outside = (1 - confidence) / 2;
  return { estimate, low: quantileOfSorted(resampled, outside), high: quantileOfSorted(resampled, 1 - outside) };
}

/**
 * Two-sided p-value of "the statistic is `value`": the smallest level at which the percentile interval leaves the value
 * out, up to the grain of the resamples.
 *
 *     p = min(1, 2 (1 + min(#{s <= value}, #{s >= value})) / (resamples + 1))
 *
 * Range: [2 / (resamples + 1), 1]. Reference: Davison & Hinkley 1997, Bootstrap Methods and their Application, 4.2.3
 * (for the + 1).
 * @throws RangeError if the value is NaN
 */
export function bootstrapPValue({ resampled }: Bootstrap, value: number): number {
  if (Number.isNaN(value)) throw new RangeError('bootstrapPValue: expected a number, got NaN');
  let below = 0;
  let above = 0;
  for (const statistic of resampled) {
    if (statistic <= value) below++;
    if (statistic >= value) above++;
  }
  return Math.min(1, (2 * (1 + Math.min(below, above))) / (resampled.length + 1));
}
