import type { MetricName, Reading } from '../reading.js';

/** The last value of a metric. */
export const last = (metric: MetricName): Reading => ({ kind: 'last', metric });

/** The value of a metric in the row of an epoch. */
export const at = (metric: MetricName, epoch: number): Reading => ({ kind: 'at', metric, epoch });

/** A value of a measurement. */
export const value = (name: string): Reading => ({ kind: 'value', name });

/** A column of a measurement in the row in which another is nearest to a number. */
export const cell = (column: string, where: string, is: number): Reading => ({ kind: 'cell', column, where, is });

/** Parameters of a trial's network. */
export const parameters: Reading = { kind: 'parameters' };

/** A number of a trial's spec, by its path. */
export const setting = (path: string): Reading => ({ kind: 'setting', path });

/** Epochs until a trial ended. */
export const epochs: Reading = { kind: 'epochs' };
