import type { MeasurementResult, MeasurementSpec } from '../tasks/measurement-spec.js';
import type { Predictions, TrialSummary } from '../tasks/trial-result.js';
import type { TrialSpec } from '../tasks/trial-spec.js';

export type { Predictions, TrialSummary } from '../tasks/trial-result.js';

/**
 * Observations by column, all of one length: `epoch`, `step` and each observed metric; null where a row did not observe
 * it (or it was not finite).
 */
export type MetricColumns = Readonly<Record<string, readonly (number | null)[]>>;

/** A finished trial as a store returns it. */
export interface TrialRecord extends TrialSummary {
  readonly id: string;
  readonly spec: TrialSpec;
  readonly metrics: MetricColumns;
  readonly predictions?: Predictions;
  /** Wall-clock time of the training on the machine that ran it. */
  readonly durationMs: number;
  /** That machine, in words. */
  readonly machine?: string;
}

/** A finished measurement as a store returns it. */
export interface MeasurementRecord extends MeasurementResult {
  readonly id: string;
  readonly spec: MeasurementSpec;
  /** SHA-256 over values and columns. */
  readonly hash: string;
  /** Wall-clock time on the machine that ran it. */
  readonly durationMs: number;
  /** That machine, in words. */
  readonly machine?: string;
}

/** A task of a run, found by what it is in its experiment. */
export interface RunTask {
  readonly arm: string;
  readonly seed: number;
  /** The rounding twin (from 1); absent for the trial itself. */
  readonly twin?: number;
  readonly id: string;
}

/** The tasks of one `descent run` of one protocol of an experiment's preset, in the order of the plan. */
export interface RunRecord {
  readonly experiment: string;
  readonly protocol: string;
  readonly preset: string;
  /** Path of the file that an experiment of the user's own is in; absent for those of the package. */
  readonly source?: string;
  /** `--set` changes as `path=value`; empty for the preset as it is. */
  readonly settings: readonly string[];
  readonly trials: readonly RunTask[];
  readonly measurements: readonly RunTask[];
  /** All its tasks have been done: one that is not there is lost, not still to come. */
  readonly finished?: true;
}
