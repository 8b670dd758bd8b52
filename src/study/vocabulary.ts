import type { Term } from './claim.js';
import type { Axis } from './figure.js';
import type { MetricName, Reading } from './reading.js';

/** What several sections say in the same way. */

export const epochAxis: Axis = { label: 'epoch (passes over the training data)' };
export const accuracyAxis = (of: string): Axis => ({ label: `${of} accuracy (% of images)`, percent: true });
export const crossEntropyAxis = (of: string, scale: Axis['scale'] = 'log'): Axis => ({
  label: `${of} loss (cross-entropy, nats)`,
  scale,
});

export const last = (metric: MetricName): Reading => ({ kind: 'last', metric });
export const value = (name: string): Reading => ({ kind: 'value', name });

/** A reading of an arm, as a term of a claim. */
export const term = (arm: string, reading: Reading): Term => ({ arm, reading });

/** Spearman's correlation over arms of a reading with a number that the arms differ in. */
export const rankOver = (
  arms: readonly { readonly id: string; readonly number: number }[],
  reading: Reading,
): Term => ({
  spearman: [arms.map(({ number }) => ({ number })), arms.map(({ id }) => term(id, reading))],
});

/** n seeds, from the report's own on: 1 to n. */
export const seedsTo = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i + 1);

/** n evenly spaced numbers from low to high, free of the noise of their last digits. */
export const evenly = (low: number, high: number, n: number): readonly number[] =>
  Array.from({ length: n }, (_, i) => Number((low + (i * (high - low)) / (n - 1)).toPrecision(12)));

/** Values of arms as they were reported. */
export const reportedBy = (ids: readonly string[], values: readonly number[]): Record<string, { value: number }> =>
  Object.fromEntries(ids.map((id, i) => [id, { value: values[i]! }]));
