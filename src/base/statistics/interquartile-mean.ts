import { requireSample } from './sample.js';

/**
 * Mean of the middle half: the [n / 4] smallest and the [n / 4] largest values are left out. Nearly as steady as the
 * mean, nearly as deaf to outliers as the median.
 *
 * Shapes: values [n]. Reference: Agarwal et al. 2021 (rliable), by scipy's `trim_mean(values, 0.25)`.
 * @throws RangeError if there is no value or one is not finite
 */
export function interquartileMean(values: ArrayLike<number>): number {
  requireSample(values, 'interquartileMean');
  const cut = Math.floor(values.length / 4);
  const middle = Float64Array.from(values)
    .sort()
    .subarray(cut, values.length - cut);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}
