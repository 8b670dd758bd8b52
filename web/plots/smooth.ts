import { createSeries, type Series } from './series.js';

/**
 * Exponential moving average with the bias of its start taken out:
 *
 *     m_t = b m_(t-1) + (1 - b) y_t,   shown: m_t / (1 - b^t)
 *
 * Values that are not finite stay as they are, and leave the average alone. b in (0, 1).
 */
export function smoothed(series: Series, b: number): Series {
  const average = createSeries();
  let [mean, weight] = [0, 0];
  for (let i = 0; i < series.count; i++) {
    const value = series.y[i]!;
    if (Number.isFinite(value)) {
      mean = b * mean + (1 - b) * value;
      weight = b * weight + (1 - b);
    }
    average.push(series.x[i]!, Number.isFinite(value) ? mean / weight : value);
  }
  return average;
}
