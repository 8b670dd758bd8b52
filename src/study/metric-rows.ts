// Not from the index: `descent list` loads this file, and hashes come with the rest.
import { median } from '../base/statistics/quantile.js';

/** A column of a record: what was observed, null where it was not, or was not finite. */
export type Column = readonly (number | null)[];

/** A value and the epoch that it is of; of a measurement, the value of another column. */
export interface Row {
  readonly epoch: number;
  readonly value: number;
}

/** Epochs that are looked at, both ends included. Default: all. */
export interface Window {
  readonly from?: number;
  readonly until?: number;
}

/** Rows in which both columns hold something; a plain loop, as a page takes millions of them. */
export function rowsOf(xs: Column = [], ys: Column = []): readonly Row[] {
  const rows: Row[] = [];
  for (let i = 0; i < ys.length; i++) {
    const value = ys[i]!;
    const epoch = xs[i] ?? null;
    if (value !== null && epoch !== null) rows.push({ epoch, value });
  }
  return rows;
}

/** Whether an epoch is looked at. */
export const isIn = (epoch: number, { from = -Infinity, until = Infinity }: Window): boolean =>
  epoch >= from && epoch <= until;

/** The rows of some epochs. */
export const windowed = (rows: readonly Row[], window: Window): readonly Row[] =>
  window.from === undefined && window.until === undefined ? rows : rows.filter(({ epoch }) => isIn(epoch, window));

/** The mean of the values; undefined for none. */
export function mean(rows: readonly Row[]): number | undefined {
  return rows.length === 0 ? undefined : rows.reduce((sum, { value }) => sum + value, 0) / rows.length;
}

/** The median of the values; undefined for none. */
export const middle = (rows: readonly Row[]): number | undefined =>
  rows.length === 0 ? undefined : median(rows.map(({ value }) => value));

/** Each row with the mean of the rows of its epoch up to it. */
export function runningMeans(rows: readonly Row[]): readonly Row[] {
  let [sum, count] = [0, 0];
  return rows.map(({ epoch, value }, i) => {
    if (rows[i - 1]?.epoch !== epoch) [sum, count] = [0, 0];
    sum += value;
    count++;
    return { epoch, value: sum / count };
  });
}

/** The smallest value; undefined for no rows. */
export function least(rows: readonly Row[]): number | undefined {
  return rows.length === 0 ? undefined : rows.reduce((smallest, { value }) => Math.min(smallest, value), Infinity);
}

/** The largest value; undefined for no rows. */
export function greatest(rows: readonly Row[]): number | undefined {
  return rows.length === 0 ? undefined : rows.reduce((largest, { value }) => Math.max(largest, value), -Infinity);
}

/** Least squares of value on epoch; undefined for fewer than 2 epochs. */
export function slope(rows: readonly Row[]): number | undefined {
  const n = rows.length;
  const meanX = rows.reduce((sum, { epoch }) => sum + epoch, 0) / n;
  const meanY = rows.reduce((sum, { value }) => sum + value, 0) / n;
  let [xx, xy] = [0, 0];
  for (const { epoch, value } of rows) {
    xx += (epoch - meanX) * (epoch - meanX);
    xy += (epoch - meanX) * (value - meanY);
  }
  return xx > 0 ? xy / xx : undefined;
}
