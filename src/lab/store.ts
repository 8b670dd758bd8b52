import type { MetricRow } from '../engine/training/observations/index.js';
import type { TrialCheckpoint, TrialStart } from '../tasks/checkpoint.js';
import type { FinishedTrial } from '../tasks/finished-trial.js';
import type { TaskOutcome, TaskSummary } from '../tasks/task-event.js';
import type { MeasurementRecord, RunRecord, TrialRecord } from './record.js';
import type { Task } from './task.js';

/** What ran a task: kept beside its result and in no hash. */
export interface Machine {
  readonly descentVersion: string;
  readonly engineRevision: number;
  /** Names the bits that the kernels compute. */
  readonly kernelsDigest: string;
  /** The binary that computed them; records of before the two were told apart do not have it. */
  readonly kernelsBinaryDigest?: string;
  /** `wasm`, or the native kernels that computed the same bits; records of before there were any do not have it. */
  readonly kernelTier?: string;
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  /** How many tasks ran side by side, at most. */
  readonly workers: number;
}

/** Where, with what and when a task ran. Times are ISO 8601, UTC. */
export interface Provenance extends Machine {
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Of the work alone, by the worker's clock. */
  readonly durationMs: number;
}

/** How long a finished task took by the worker's clock, in milliseconds, and the machine, in words. */
export interface TaskTiming {
  readonly durationMs: number;
  readonly machine: string;
}

/** A machine in words, as far as times depend on it: `a processor (2 cores, native kernels of 512 bit)`. */
export function machineText({
  cpu,
  cores,
  kernelTier = 'wasm',
}: Pick<Machine, 'cpu' | 'cores' | 'kernelTier'>): string {
  const [tier, width] = kernelTier.split(', ');
  return `${cpu} (${cores} ${cores === 1 ? 'core' : 'cores'}, ${tier} kernels${width ? ` of ${width}` : ''})`;
}

/** Finished trials and measurements, each under its id, and which of them belong together. */
export interface Store {
  readonly path: string;
  /** Whether a trial or a measurement of this id is finished. */
  has(id: string): boolean;
  /** Ids of all finished trials, sorted. */
  list(): readonly string[];
  /** Ids of all finished measurements, sorted. */
  listMeasurements(): readonly string[];
  /** @throws UserError if there is no such trial, or if what is there is damaged (names the file). */
  read(id: string): Promise<TrialRecord>;
  /** @throws as `read` */
  readMeasurement(id: string): MeasurementRecord;
  /** The part of a record that is quick to read. @throws as `read` */
  readSummary(id: string): TaskSummary & { readonly durationMs: number };
  /** Reads nothing else. @throws as `read` */
  readTiming(id: string): TaskTiming;
  /** A trial as other tasks start from it. @throws as `read` */
  readFinished(id: string): FinishedTrial;
  /**
   * Starts to record a task that is not there yet, or resumes where an earlier record of it was left.
   * @throws UserError if the store cannot be written
   */
  begin(task: Task, machine: Machine): PartialTask;
  /**
   * Removes what was left half done and cannot be resumed; returns the number of such tasks. Only for who alone writes.
   */
  removeAbandoned(): number;
  /** The runs that were recorded, by experiment, protocol and preset. */
  listRuns(): readonly RunRecord[];
  /** Records a run, in the place of an earlier one of the same experiment, protocol, preset and changes. */
  writeRun(run: RunRecord): void;
}

/** Where an earlier run of a task got to, and how long that took. */
export interface ResumePoint extends TrialStart {
  readonly durationMs: number;
}

/** A task that is being recorded: invisible to readers until `finish`. */
export interface PartialTask {
  /** Present where the record resumes an earlier one: it holds these rows already. */
  readonly from?: ResumePoint;
  /** Records rows after those so far. */
  append(rows: readonly MetricRow[]): void;
  /** Keeps where the trial stands after all rows so far, whole, at one moment. */
  checkpoint(checkpoint: TrialCheckpoint, durationMs: number): void;
  /** Writes the rest and makes the task visible, whole, at one moment. */
  finish(outcome: TaskOutcome, durationMs: number): Promise<void>;
  /** Ends the record unfinished: leaves what can be resumed, and nothing where there is no checkpoint. */
  leave(): void;
}
