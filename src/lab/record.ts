import type { Predictions, TrialSummary } from '../trials/trial-result.js';
import type { TrialSpec } from '../trials/trial-spec.js';

export type { Predictions, TrialSummary } from '../trials/trial-result.js';

/** Observations by column, all of one length: `epoch`, `step` and each observed metric; null where a row did not observe it (or it was not finite). */
export type MetricColumns = Readonly<Record<string, readonly (number | null)[]>>;

/** A finished trial as the store gives it back. */
export interface TrialRecord extends TrialSummary {
  readonly id: string;
  readonly spec: TrialSpec;
  readonly metrics: MetricColumns;
  readonly predictions?: Predictions;
  /** Wall-clock time of the training on the machine that ran it. */
  readonly durationMs: number;
}

/** The trials of one `descent run` of an experiment's preset, in the order of the plan. */
export interface RunRecord {
  readonly experiment: string;
  readonly preset: string;
  /** `--set` changes as `path=value`; empty for the preset as it is. */
  readonly settings: readonly string[];
  readonly trials: readonly { readonly arm: string; readonly seed: number; readonly id: string }[];
}
