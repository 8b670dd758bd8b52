// Not from the index: `descent list` loads this file, and hashes come with the rest.
import { movingMedian } from '../base/statistics/moving-median.js';
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
  const values = Float64Array.from(rows, ({ value }) => value);
  const medians = movingMedian(values, Math.floor(window / 2));
  const isSpike = (i: number): boolean => values[i]! > above * medians[i]!;
  const starts = rows.filter((_, i) => isSpike(i) && !isSpike(i - 1));
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

/**
 * Share of spikes that begin at most `within` epochs after the rows of a metric rose across a level, less what that
 * share would be by chance: its mean over circular shifts of these rises,
 *
 *     rise' = first + (rise - first + floor(j L / (shifts + 1))) mod L,   j = 1 ... shifts,  L = last - first + 1
 *
 * Undefined without spikes or rows.
 */
export function followingAboveChance(
  spikes: readonly number[],
  rows: readonly Row[],
  { after: { level, within }, shifts }: { readonly after: Crossing; readonly shifts: number },
): number | undefined {
  const [first, last] = [rows[0]?.epoch, rows.at(-1)?.epoch];
  if (spikes.length === 0 || first === undefined || last === undefined) return undefined;
  const rises = rows
    .filter(({ value }, i) => i > 0 && rows[i - 1]!.value < level && value >= level)
    .map(({ epoch }) => epoch);
  const share = (at: readonly number[]): number =>
    spikes.filter((spike) => at.some((rise) => rise <= spike && spike - rise <= within)).length / spikes.length;
  const length = last - first + 1;
  const shifted = (by: number): number[] => rises.map((rise) => first + ((rise - first + by) % length));
  const chance = Array.from({ length: shifts }, (_, j) =>
    share(shifted(Math.floor(((j + 1) * length) / (shifts + 1)))),
  );
  return share(rises) - chance.reduce((sum, value) => sum + value, 0) / shifts;
}
