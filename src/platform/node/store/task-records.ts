import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UserError } from '../../../base/errors.js';
import type { MeasurementRecord, TrialRecord } from '../../../lab/record.js';
import { machineText, type Provenance, type TaskTiming } from '../../../lab/store.js';
import type { MeasurementResult, MeasurementSpec } from '../../../tasks/measurement-spec.js';
import type { TaskSummary } from '../../../tasks/task-event.js';
import type { Predictions, TrialSummary } from '../../../tasks/trial-result.js';
import type { TrialSpec } from '../../../tasks/trial-spec.js';
import { readJson } from '../files.js';
import { requireIntact } from './checksums.js';
import { readMetrics } from './metrics-file.js';
import { taskFiles } from './task-files.js';

/**
 * A finished trial from its folder, which its id names.
 * @throws UserError if it is not there or damaged; it names the file
 */
export async function readTrialRecord(folder: string): Promise<TrialRecord> {
  requireFolder(folder, 'trial');
  requireIntact(folder, [taskFiles.spec, taskFiles.metrics, taskFiles.predictions]);
  const predictions = join(folder, taskFiles.predictions);
  return {
    ...readResult<TrialSummary>(folder),
    id: basename(folder),
    spec: readJson(join(folder, taskFiles.spec)) as TrialSpec,
    metrics: await readMetrics(join(folder, taskFiles.metrics)),
    ...(existsSync(predictions) && { predictions: readJson(predictions) as Predictions }),
  };
}

/** A finished measurement from its folder. @throws as `readTrialRecord` */
export function readMeasurementRecord(folder: string): MeasurementRecord {
  requireFolder(folder, 'measurement');
  requireIntact(folder, [taskFiles.spec]);
  return {
    ...readResult<MeasurementResult & { readonly hash: string }>(folder),
    id: basename(folder),
    spec: readJson(join(folder, taskFiles.spec)) as MeasurementSpec,
  };
}

/** What a finished task came to, and how long it took, in milliseconds. @throws as `readTrialRecord` */
export function readTaskSummary(folder: string): TaskSummary & { readonly durationMs: number } {
  const { machine: _, ...summary } = readResult<TaskSummary>(folder);
  return summary as TaskSummary & { readonly durationMs: number };
}

function requireFolder(folder: string, what: string): void {
  if (!existsSync(folder)) throw new UserError(`${folder}: expected a finished ${what}, got nothing; run it first`);
}

/** How long a finished task took, and on which machine. @throws as `readTrialRecord` */
export function readTiming(folder: string): TaskTiming {
  requireIntact(folder, [taskFiles.provenance]);
  return timingIn(folder);
}

/** What is in a task's result file, how long it took, and where. */
function readResult<T>(folder: string): T & TaskTiming {
  requireIntact(folder, [taskFiles.result, taskFiles.provenance]);
  return { ...(readJson(join(folder, taskFiles.result)) as T), ...timingIn(folder) };
}

function timingIn(folder: string): TaskTiming {
  const provenance = readJson(join(folder, taskFiles.provenance)) as Provenance;
  return { durationMs: provenance.durationMs, machine: machineText(provenance) };
}
