import { log } from '../base/math.js';
// Not from the index: `descent list` loads this file, and hashes come with the rest.
import { mcnemarTest } from '../base/statistics/mcnemar.js';
import { dataSizes } from '../data/sources/index.js';
import { networkOf } from '../engine/model-spec.js';
import { parameterCount } from '../engine/shapes.js';
import type { TrainStatus } from '../engine/training/spec.js';
import type { DataSpec, TrialSpec } from '../tasks/trial-spec.js';
import {
  type Column,
  greatest,
  isIn,
  least,
  mean,
  middle,
  type Row,
  rowsOf,
  runningMeans,
  slope,
  type Window,
  windowed,
} from './metric-rows.js';
import type { Crossing, MetricName, Reading } from './reading.js';
import { followingAboveChance, shareNear, spikeStarts } from './spikes.js';

/** What a reading needs to know of a trial: a record of the store is one. */
export interface TrialView {
  readonly status: TrainStatus;
  readonly epochs: number;
  readonly spec: Pick<TrialSpec, 'data'> & Partial<TrialSpec>;
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

type ReadingOf<K extends Reading['kind']> = Extract<Reading, { kind: K }>;
type MeasurementKind = 'value' | 'mcnemar' | 'cell' | 'greatestCell' | 'leastCell';
type TrialKind = Exclude<Reading['kind'], MeasurementKind>;
/** How each kind of reading is taken: one that is left out is an error of types. */
type Takers<K extends Reading['kind'], View> = {
  readonly [kind in K]: (reading: ReadingOf<kind>, view: View) => number | undefined;
};

const rowsOfMetric = (metric: MetricName, { metrics }: TrialView): readonly Row[] =>
  rowsOf(metrics['epoch'], metrics[metric]);
const inWindow = (reading: Window & { readonly metric: MetricName }, trial: TrialView): readonly Row[] =>
  windowed(rowsOfMetric(reading.metric, trial), reading);
const epochsIn = (window: Window, { epochs }: TrialView): readonly number[] =>
  Array.from({ length: epochs }, (_, i) => i + 1).filter((epoch) => isIn(epoch, window));
const nearIn = (epochs: readonly number[], near: Crossing, trial: TrialView): number | undefined =>
  shareNear(epochs, rowsOfMetric(near.metric, trial), near);

const ofTrial: Takers<TrialKind, TrialView> = {
  epochs: (_, { epochs }) => epochs,
  converged: (_, { status }) => (status === 'converged' ? 1 : 0),
  testImages: (_, { spec }) => testImages(spec.data),
  parameters: (_, { spec: { model } }) => model && parameterCount(networkOf(model)),
  setting: ({ path }, { spec }) => numberAt(spec, path.split('.')),
  last: (reading, trial) => inWindow(reading, trial).at(-1)?.value,
  min: (reading, trial) => least(inWindow(reading, trial)),
  max: (reading, trial) => greatest(inWindow(reading, trial)),
  mean: (reading, trial) => mean(inWindow(reading, trial)),
  median: (reading, trial) => middle(inWindow(reading, trial)),
  meanRunning: (reading, trial) => mean(windowed(runningMeans(rowsOfMetric(reading.metric, trial)), reading)),
  at: ({ metric, epoch }, trial) => rowsOfMetric(metric, trial).find((row) => row.epoch === epoch)?.value,
  epochsTo: (reading, trial) => {
    const rows = rowsOfMetric(reading.metric, trial);
    return rows.length === 0 ? undefined : (firstPassage(reading, trial) ?? trial.epochs);
  },
  logSlope: (reading, trial) => {
    const positive = inWindow(reading, trial).filter(({ value }) => value > 0);
    return slope(positive.map(({ epoch, value }) => ({ epoch, value: log(value) })));
  },
  spikes: (reading, trial) => {
    const rows = rowsOfMetric(reading.metric, trial);
    return rows.length === 0 ? undefined : spikeStarts(rows, reading, reading).length;
  },
  spikesNear: (reading, trial) =>
    nearIn(spikeStarts(rowsOfMetric(reading.metric, trial), reading, reading), reading.near, trial),
  spikesFollow: (reading, trial) => {
    const spikes = spikeStarts(rowsOfMetric(reading.metric, trial), reading, reading);
    return followingAboveChance(spikes, windowed(rowsOfMetric(reading.after.metric, trial), reading), reading);
  },
  epochsNear: (reading, trial) => nearIn(epochsIn(reading, trial), reading.near, trial),
};

const ofMeasurement: Takers<MeasurementKind, MeasurementView> = {
  value: ({ name }, { values }) => values[name] ?? undefined,
  mcnemar: (_, { values: { onlyFirstRight, onlySecondRight } }) =>
    onlyFirstRight == null || onlySecondRight == null ? undefined : mcnemarTest(onlyFirstRight, onlySecondRight),
  cell: ({ column, where, is }, { columns }) => nearestRow(rowsOf(columns[where], columns[column]), is)?.value,
  greatestCell: ({ column, where, from, to }, { columns }) =>
    greatest(windowed(rowsOf(columns[where], columns[column]), { from, until: to })),
  leastCell: ({ column, where, from, to }, { columns }) =>
    least(windowed(rowsOf(columns[where], columns[column]), { from, until: to })),
};

/**
 * Takes a number of a trial or a measurement; undefined where it was not observed, is not finite, or is of the other
 * kind of result.
 * See docs/definitions.md#readings
 */
export function takeReading(reading: Reading, result: ResultView): number | undefined {
  if (isOfMeasurement(reading)) return 'values' in result ? taken(ofMeasurement, reading, result) : undefined;
  return 'metrics' in result ? taken(ofTrial, reading, result) : undefined;
}

/** Every kind of reading, of trials and of measurements. */
export const readingKinds = [...Object.keys(ofTrial), ...Object.keys(ofMeasurement)] as readonly Reading['kind'][];

const isOfMeasurement = (reading: Reading): reading is ReadingOf<MeasurementKind> =>
  Object.hasOwn(ofMeasurement, reading.kind);

/** The compiler does not see that a reading and the function under its kind belong together. */
function taken<K extends Reading['kind'], View>(
  takers: Takers<K, View>,
  reading: { readonly kind: K },
  view: View,
): number | undefined {
  return takers[reading.kind](reading as ReadingOf<K>, view);
}

/** The first epoch at which a metric was past its level; undefined if it never was. */
export const firstPassage = (reading: ReadingOf<'epochsTo'>, trial: TrialView): number | undefined =>
  rowsOfMetric(reading.metric, trial).find((row) => passes(row, reading))?.epoch;

const testImages = (data: DataSpec): number | undefined => dataSizes(data).test || undefined;

function numberAt(from: unknown, path: readonly string[]): number | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return typeof from === 'number' ? from : undefined;
  const isObject = typeof from === 'object' && from !== null && Object.hasOwn(from, name);
  return isObject ? numberAt((from as Readonly<Record<string, unknown>>)[name], rest) : undefined;
}

const passes = ({ value }: Row, reading: ReadingOf<'epochsTo'>): boolean =>
  'above' in reading ? value > reading.above : value < reading.below;

/** The first of the rows nearest to a number. */
function nearestRow(rows: readonly Row[], is: number): Row | undefined {
  const distance = (row: Row): number => Math.abs(row.epoch - is);
  return rows.reduce<Row | undefined>((best, row) => (best && distance(best) <= distance(row) ? best : row), undefined);
}
