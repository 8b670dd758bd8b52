// Not from the index: `descent list` loads this file, and hashes come with the rest.
import { median } from '../base/statistics/quantile.js';
import { type Row, type Window, windowed } from './metric-rows.js';
import type { Crossing, SpikeRule } from './reading.js';

/**
 * Epochs at which spikes begin: rows above `above` times the median of the `window` rows around them (fewer at both
 * ends) whose neighbour before is not.
 */
export function spikeStarts(
  rows: readonly Row[],
  { above, window }: SpikeRule,
  epochs: Window = {},
): readonly number[] {
  const values = rows.map(({ value }) => value);
  const half = Math.floor(window / 2);
  const isSpike = values.map((value, i) => {
    const around = values.slice(Math.max(0, i - half), i + half + 1);
    return value > above * median(around);
  });
  const starts = rows.filter((_, i) => isSpike[i] && !isSpike[i - 1]);
  return windowed(starts, epochs).map(({ epoch }) => epoch);
}

/** Share of some epochs that are near a crossing of a metric's rows; undefined without epochs or rows. */
export function shareNear(epochs: readonly number[], rows: readonly Row[], near: Crossing): number | undefined {
  if (epochs.length === 0 || rows.length === 0) return undefined;
  const crossings = rows.flatMap(({ epoch, value }, i) => {
    const before = rows[i - 1];
    return before !== undefined && before.value < near.level !== value < near.level ? [before.epoch, epoch] : [];
  });
  const isNear = (epoch: number): boolean => crossings.some((crossing) => Math.abs(crossing - epoch) <= near.within);
  return epochs.filter(isNear).length / epochs.length;
}
