import type { MetricRow } from '../engine/train-spec.js';
import type { TrialOutcome } from '../trials/run-trial.js';
import type { TrialSummary } from '../trials/trial-result.js';
import type { TrialSpec } from '../trials/trial-spec.js';
import type { RunRecord, TrialRecord } from './record.js';

/** What ran a trial: kept beside its result and in no hash. */
export interface Machine {
  readonly descentVersion: string;
  readonly engineRevision: number;
  readonly kernelsDigest: string;
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  /** How many trials ran side by side, at most. */
  readonly workers: number;
}

/** Where, with what and when a trial ran. Times are ISO 8601, UTC. */
export interface Provenance extends Machine {
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Of the training alone, by the worker's clock. */
  readonly durationMs: number;
}

/** Finished trials, each under its id, and which of them belong together. */
export interface TrialStore {
  readonly path: string;
  has(id: string): boolean;
  /** Ids of all finished trials, sorted. */
  list(): readonly string[];
  /** @throws UserError if there is no such trial, or if what is there is damaged (names the file). */
  read(id: string): Promise<TrialRecord>;
  /** The part of a record that is quick to read. @throws as `read` */
  readSummary(id: string): TrialSummary & { readonly durationMs: number };
  /** Starts to record a trial that is not there yet. @throws UserError if the store cannot be written */
  begin(id: string, spec: TrialSpec, machine: Machine): PartialTrial;
  /** Removes what dead processes left half done; gives the number of such trials. */
  removeAbandoned(): number;
  /** The runs that were recorded, by experiment and preset. */
  listRuns(): readonly RunRecord[];
  writeRun(run: RunRecord): void;
}

/** A trial that is being recorded: invisible to readers until `finish`. */
export interface PartialTrial {
  append(rows: readonly MetricRow[]): void;
  /** Writes the rest and makes the trial visible, whole, at one moment. */
  finish(outcome: TrialOutcome, durationMs: number): Promise<void>;
  /** Leaves nothing behind. */
  discard(): void;
}
