import type { MeasureSpec } from '../measurements/index.js';

export type { MeasureName, MeasureSpec } from '../measurements/index.js';
export type { MinimalRatioBugs } from '../measurements/minimal-ratio-as-coded.js';

/** One measurement as data: what is measured, of which finished trials, from which seed. Its id is a hash of this. */
export interface MeasurementSpec {
  readonly kind: 'measurement';
  readonly measure: MeasureSpec;
  /** Ids of finished trials, in the order that the measure wants. */
  readonly of: readonly string[];
  readonly seed: number;
}

/** What a measurement came to. A value that is not finite is null; columns are of one length. */
export interface MeasurementResult {
  readonly values: Readonly<Record<string, number | null>>;
  readonly columns: Readonly<Record<string, readonly (number | null)[]>>;
}
