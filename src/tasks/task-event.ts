import type { TrainProgress } from '../engine/index.js';
import type { MetricRow } from '../engine/training/observations/index.js';
import type { TrialCheckpoint } from './checkpoint.js';
import type { MeasurementResult } from './measurement-spec.js';
import type { MeasurementOutcome } from './run-measurement.js';
import type { TrialOutcome, TrialSummary } from './trial-result.js';

/** How far a task is: in steps, of a measurement in thousandths. */
export type TaskProgress = Pick<TrainProgress, 'step' | 'steps'> & Partial<TrainProgress>;

/** What a task came to: a trial has a `summary`, a measurement a `result`. */
export type TaskOutcome = TrialOutcome | MeasurementOutcome;

/** What a finished task came to, in short: of a trial its summary, of a measurement its values. */
export type TaskSummary = TrialSummary | (Pick<MeasurementResult, 'values'> & { readonly hash: string });

/**
 * What became of a task. `stored`: its result was there before; `interrupted`: it was stopped, or never started, as the
 * caller wished. `fromStep`: the step of
 * the earlier run's checkpoint from which it resumed.
 */
export type TaskReport = { readonly id: string } & (
  | {
      readonly state: 'done' | 'stored';
      readonly summary: TaskSummary;
      readonly durationMs: number;
      readonly fromStep?: number;
    }
  | { readonly state: 'failed'; readonly reason: string }
  | { readonly state: 'interrupted' }
);

/**
 * What happens to a task, from the worker that computes it to whoever listens; each listener receives some of these
 * kinds.
 */
export type TaskEvent =
  /** What it observed since the last rows. */
  | { readonly kind: 'rows'; readonly rows: readonly MetricRow[] }
  | { readonly kind: 'progress'; readonly progress: TaskProgress }
  /** Where a trial stands after all its rows so far, and how long that took. */
  | { readonly kind: 'checkpoint'; readonly checkpoint: TrialCheckpoint; readonly durationMs: number }
  /** It is computed; nothing is kept yet. */
  | { readonly kind: 'done'; readonly outcome: TaskOutcome; readonly durationMs: number }
  /** It was computed elsewhere, and is in the store: what it came to there. */
  | {
      readonly kind: 'published';
      readonly summary: TaskSummary;
      readonly durationMs: number;
      readonly fromStep?: number;
    }
  /** It threw; its worker can run others. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** Its worker is gone. */
  | { readonly kind: 'died'; readonly reason: string }
  /** Its worker died, and it starts once more on another. */
  | { readonly kind: 'retried'; readonly reason: string }
  /** It never starts, as the task at position `by`, which it waits for, has failed. */
  | { readonly kind: 'blocked'; readonly by: number }
  /** What became of it: the last event of each task. */
  | { readonly kind: 'reported'; readonly report: TaskReport };

/** The events of some kinds. */
export type TaskEventOf<K extends TaskEvent['kind']> = Extract<TaskEvent, { readonly kind: K }>;

/** What a worker emits of the task that it runs; `died` comes without one as well. */
export type WorkerEvent = TaskEventOf<'rows' | 'progress' | 'checkpoint' | 'done' | 'failed' | 'died'>;

/** A task's outcome in short. */
export function summaryOf(outcome: TaskOutcome): TaskSummary {
  return 'summary' in outcome ? outcome.summary : { values: outcome.result.values, hash: outcome.hash };
}
