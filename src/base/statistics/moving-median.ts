import { lowerBound } from '../lower-bound.js';
import { quantileOfSorted } from './quantile.js';

/**
 * The median of each value and of the `half` values on either side of it, fewer at both ends. A sorted window moves
 * along, which one value enters and one leaves at a step.
 *
 * Shapes: values [n], finite; result [n].
 */
export function movingMedian(values: ArrayLike<number>, half: number): Float64Array {
  const { length } = values;
  const window = new Float64Array(Math.min(length, 2 * half + 1));
  const medians = new Float64Array(length);
  let [count, next] = [0, 0];
  for (let i = 0; i < length; i++) {
    if (i > half) removeFrom(window, count--, values[i - half - 1]!);
    for (; next < length && next <= i + half; next++) insertInto(window, count++, values[next]!);
    medians[i] = quantileOfSorted(window.subarray(0, count), 0.5);
  }
  return medians;
}

function insertInto(sorted: Float64Array, count: number, value: number): void {
  const place = lowerBound(sorted, value, count);
  sorted.copyWithin(place + 1, place, count);
  sorted[place] = value;
}

function removeFrom(sorted: Float64Array, count: number, value: number): void {
  const place = lowerBound(sorted, value, count);
  sorted.copyWithin(place, place + 1, count);
}
