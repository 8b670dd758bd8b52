import { log } from '../base/math.js';
// Not from the index: `descent list` loads this file, and hashes come with the rest.
import { mcnemarTest } from '../base/statistics/mcnemar.js';
import { median } from '../base/statistics/quantile.js';
import { dataSizes } from '../data/sources/index.js';
import type { TrainStatus } from '../engine/training/spec.js';
import type { DataSpec, TrialSpec } from '../tasks/trial-spec.js';
import type { Crossing, Reading, SpikeRule } from './reading.js';

type Column = readonly (number | null)[];

/** What a reading needs to know of a trial: a record of the store is one. */
export interface TrialView {
  readonly status: TrainStatus;
  readonly epochs: number;
  readonly spec: Pick<TrialSpec, 'data'>;
  /** Columns of one length; `epoch` is one of them. */
  readonly metrics: Readonly<Record<string, Column>>;
}

/** What a reading needs to know of a measurement: a record of the store is one. */
export interface MeasurementView {
  readonly values: Readonly<Record<string, number | null>>;
  readonly columns: Readonly<Record<string, Column>>;
}

/** A result of either kind. */
export type ResultView = TrialView | MeasurementView;

type MeasurementReading = ReadingOf<'value' | 'mcnemar' | 'cell' | 'greatestCell'>;
type ReadingOf<K extends Reading['kind']> = Extract<Reading, { kind: K }>;
type TrialReading = Exclude<Reading, MeasurementReading>;

interface Row {
  readonly epoch: number;
  readonly value: number;
}

/**
 * Takes a number of a trial or a measurement; undefined where it was not observed, is not finite, or is of the other
 * kind of result.
 * See docs/definitions.md#readings
 */
export function takeReading(reading: Reading, result: ResultView): number | undefined {
  if (isOfMeasurement(reading)) return 'values' in result ? fromMeasurement(reading, result) : undefined;
  return 'metrics' in result ? fromTrial(reading, result) : undefined;
}

const ofMeasurements: Readonly<Record<MeasurementReading['kind'], true>> = {
  value: true,
  mcnemar: true,
  cell: true,
  greatestCell: true,
};
const isOfMeasurement = (reading: Reading): reading is MeasurementReading =>
  Object.hasOwn(ofMeasurements, reading.kind);

function fromMeasurement(reading: MeasurementReading, { values, columns }: MeasurementView): number | undefined {
  if (reading.kind === 'value') return values[reading.name] ?? undefined;
  if (reading.kind === 'mcnemar') {
    const { onlyFirstRight, onlySecondRight } = values;
    return onlyFirstRight == null || onlySecondRight == null ? undefined : mcnemarTest(onlyFirstRight, onlySecondRight);
  }
  const rows = rowsOf(columns[reading.where], columns[reading.column]);
  if (reading.kind === 'greatestCell') {
    return greatest(rows.filter(({ epoch: x }) => x >= reading.from && x <= reading.to));
  }
  const distance = (row: Row): number => Math.abs(row.epoch - reading.is);
  return rows.reduce<Row | undefined>((best, row) => (best && distance(best) <= distance(row) ? best : row), undefined)
    ?.value;
}

function fromTrial(reading: TrialReading, trial: TrialView): number | undefined {
  if (reading.kind === 'epochs') return trial.epochs;
  if (reading.kind === 'converged') return trial.status === 'converged' ? 1 : 0;
  if (reading.kind === 'testImages') return testImages(trial.spec.data);
  if (reading.kind === 'epochsNear') return shareNear(epochsIn(reading, trial), trial, reading.near);
  const rows = rowsOf(trial.metrics['epoch'], trial.metrics[reading.metric]);
  const inWindow = 'from' in reading || 'until' in reading ? windowed(rows, reading) : rows;
  switch (reading.kind) {
    case 'last':
      return inWindow.at(-1)?.value;
    case 'min':
      return least(inWindow);
    case 'max':
      return greatest(inWindow);
    case 'mean':
      return mean(inWindow);
    case 'meanRunning':
      return mean(runningMeans(rows));
    case 'at':
      return rows.find(({ epoch }) => epoch === reading.epoch)?.value;
    case 'epochsTo':
      return rows.length === 0 ? undefined : (rows.find((row) => passes(row, reading))?.epoch ?? trial.epochs);
    case 'logSlope':
      return slope(inWindow.filter(({ value }) => value > 0).map(({ epoch, value }) => ({ epoch, value: log(value) })));
    case 'spikes':
      return rows.length === 0 ? undefined : spikeStarts(rows, reading, reading).length;
    case 'spikesNear':
      return shareNear(spikeStarts(rows, reading, reading), trial, reading.near);
    default:
      return reading satisfies never;
  }
}

const testImages = (data: DataSpec): number | undefined => dataSizes(data).test || undefined;

const passes = ({ value }: Row, reading: ReadingOf<'epochsTo'>): boolean =>
  'above' in reading ? value > reading.above : value < reading.below;

/** Rows in which both columns hold something. */
function rowsOf(xs: Column | undefined, ys: Column | undefined): readonly Row[] {
  return (ys ?? []).flatMap((value, i) => {
    const epoch = xs?.[i];
    return value === null || epoch === null || epoch === undefined ? [] : [{ epoch, value }];
  });
}

interface Window {
  readonly from?: number;
  readonly until?: number;
}

const windowed = (rows: readonly Row[], { from = -Infinity, until = Infinity }: Window): readonly Row[] =>
  rows.filter(({ epoch }) => epoch >= from && epoch <= until);

function mean(rows: readonly Row[]): number | undefined {
  return rows.length === 0 ? undefined : rows.reduce((sum, { value }) => sum + value, 0) / rows.length;
}

function runningMeans(rows: readonly Row[]): readonly Row[] {
  let [sum, count] = [0, 0];
  return rows.map(({ epoch, value }, i) => {
    if (rows[i - 1]?.epoch !== epoch) [sum, count] = [0, 0];
    sum += value;
    count++;
    return { epoch, value: sum / count };
  });
}

function least(rows: readonly Row[]): number | undefined {
  return rows.length === 0 ? undefined : rows.reduce((smallest, { value }) => Math.min(smallest, value), Infinity);
}

function greatest(rows: readonly Row[]): number | undefined {
  return rows.length === 0 ? undefined : rows.reduce((largest, { value }) => Math.max(largest, value), -Infinity);
}

/** Least squares of value on epoch; undefined for fewer than 2 epochs. */
function slope(rows: readonly Row[]): number | undefined {
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

/**
 * Epochs at which spikes begin: rows above `above` times the median of the `window` rows around them (fewer at both
 * ends) whose neighbour before is not.
 */
function spikeStarts(rows: readonly Row[], { above, window }: SpikeRule, epochs: Window = {}): readonly number[] {
  const values = rows.map(({ value }) => value);
  const half = Math.floor(window / 2);
  const isSpike = values.map((value, i) => {
    const around = values.slice(Math.max(0, i - half), i + half + 1);
    return value > above * median(around);
  });
  return windowed(
    rows.filter((_, i) => isSpike[i] && !isSpike[i - 1]),
    epochs,
  ).map(({ epoch }) => epoch);
}

const epochsIn = ({ from = 1, until = Infinity }: Window, { epochs }: TrialView): readonly number[] =>
  Array.from({ length: epochs }, (_, i) => i + 1).filter((epoch) => epoch >= from && epoch <= until);

/** Share of some epochs that are near a crossing. */
function shareNear(epochs: readonly number[], trial: TrialView, near: Crossing): number | undefined {
  const rows = rowsOf(trial.metrics['epoch'], trial.metrics[near.metric]);
  if (epochs.length === 0 || rows.length === 0) return undefined;
  const crossings = rows.flatMap(({ epoch, value }, i) => {
    const before = rows[i - 1];
    return before !== undefined && before.value < near.level !== value < near.level ? [before.epoch, epoch] : [];
  });
  const isNear = (epoch: number): boolean => crossings.some((crossing) => Math.abs(crossing - epoch) <= near.within);
  return epochs.filter(isNear).length / epochs.length;
}
