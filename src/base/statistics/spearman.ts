import { type Bootstrap, type BootstrapOptions, bootstrap } from './bootstrap.js';
import { requirePairs } from './sample.js';

/**
 * Ranks from 1, equal values sharing the mean of theirs.
 *
 * Shapes: values and result [n].
 */
export function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from(values, (_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const result = new Float64Array(values.length);
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && values[order[end]!] === values[order[first]!]) end++;
    for (let i = first; i < end; i++) result[order[i]!] = (first + 1 + end) / 2;
    first = end;
  }
  return result;
}

/**
 * Spearman's rank correlation: Pearson's of the ranks, ties included.
 *
 * Shapes: x, y [n], n >= 2. Range: [-1, 1]; NaN where one side is constant, since nothing can be said.
 * @throws RangeError if the lengths differ, there are fewer than 2 pairs, or a value is not finite
 */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number {
  requirePairs(x, y, 'spearman', 2);
  return correlation(ranks(x), ranks(y));
}

/**
 * Spearman's correlation over resampled pairs, ranked anew each time; see `percentileInterval`.
 *
 * Shapes: x, y [n], n >= 2. Cost: `resamples` sorts.
 * @throws RangeError if the lengths differ, there are fewer than 2 pairs, a value is not finite, or one side is
 * constant
 */
export function bootstrapSpearman(x: ArrayLike<number>, y: ArrayLike<number>, options?: BootstrapOptions): Bootstrap {
  requirePairs(x, y, 'bootstrapSpearman', 2);
  const chosenX = new Float64Array(x.length);
  const chosenY = new Float64Array(y.length);
  const statistic = (indices: Int32Array) => {
    indices.forEach((index, i) => {
      chosenX[i] = x[index]!;
      chosenY[i] = y[index]!;
    });
    return correlation(ranks(chosenX), ranks(chosenY));
  };
  return bootstrap(x.length, statistic, options);
}

/**
 * Pearson's correlation of two rankings, whose mean is known. Sums of multiples of 1/4: exact for n below some 10^5.
 */
function correlation(x: Float64Array, y: Float64Array): number {
  const mean = (x.length + 1) / 2;
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [x[i]! - mean, y[i]! - mean];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Number.NaN;
}
