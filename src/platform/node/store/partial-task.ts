import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { tensorsOf, writeSafetensors } from '../../../lab/safetensors.js';
import type { Machine, PartialTask, Provenance, ResumePoint } from '../../../lab/store.js';
import type { Task } from '../../../lab/task.js';
import { withDefaults } from '../../../tasks/defaults.js';
import type { MeasurementOutcome } from '../../../tasks/run-measurement.js';
import type { TrialOutcome } from '../../../tasks/trial-result.js';
import { codeOf, makeFolder, removeFolder, syncAll, syncFile } from '../files.js';
import { hasCheckpoint, readCheckpoints, removeCheckpoints, saveCheckpoint } from './checkpoint-files.js';
import { checksumsOf } from './checksums.js';
import { convertMetrics } from './metrics-file.js';
import { openRowLog, readRows } from './row-log.js';
import { snapshotBytes } from './snapshots-file.js';
import { taskFiles } from './task-files.js';

/** Rows as they come, only while a trial runs. */
export const rowLog = 'metrics.jsonl';
/** Starts the name of a folder that is not finished. */
const prefix = '.partial-';

/** Where a task is recorded until it is whole. */
export const partialOf = (folder: string): string => join(dirname(folder), `${prefix}${basename(folder)}`);

/**
 * Starts a task's folder under a hidden name beside its final place, to which it moves when it is whole; or resumes
 * what an earlier record of the same task left there. Nobody else may record the same task: a store is locked by who
 * writes it. `isLasting`: whether the finished task is brought to the disk, checkpoints always are.
 */
export function beginPartial(
  folder: string,
  { id, spec }: Task,
  machine: Machine,
  { isLasting }: { readonly isLasting: boolean } = { isLasting: true },
): PartialTask {
  const partial = partialOf(folder);
  const file = (name: string): string => join(partial, name);
  const earlier = readEarlier(partial, id);
  if (!earlier) {
    removeFolder(partial);
    makeFolder(partial);
    writeFileSync(file(taskFiles.spec), json(spec.kind === 'measurement' ? spec : withDefaults(spec)));
  }
  const startedAt = earlier?.startedAt ?? new Date().toISOString();
  const log = spec.kind === 'measurement' ? undefined : openRowLog(file(rowLog), earlier?.rows ?? []);
  return {
    ...(earlier && { from: earlier }),
    append: (rows) => log?.append(rows),
    checkpoint(checkpoint, durationMs) {
      if (checkpoint.rows !== log?.count()) {
        throw new Error(`checkpoint: expected it after ${log?.count()} rows, got it after ${checkpoint.rows}`);
      }
      syncFile(file(taskFiles.spec));
      saveCheckpoint(partial, { checkpoint, id, startedAt, durationMs, rowsDigest: log.sync() });
    },
    async finish(outcome, durationMs) {
      if ('summary' in outcome) await writeTrial(file, outcome, log?.observed() ?? []);
      else writeFileSync(file(taskFiles.result), json(measured(outcome)));
      const provenance: Provenance = { ...machine, startedAt, finishedAt: new Date().toISOString(), durationMs };
      writeFileSync(file(taskFiles.provenance), json(provenance));
      if (isLasting) await syncAll(Object.values(taskFiles).map(file).filter(existsSync));
      rmSync(file(rowLog), { force: true });
      removeCheckpoints(partial);
      writeFileSync(file(taskFiles.checksums), checksumsOf(partial));
      if (isLasting) await syncAll([file(taskFiles.checksums)]);
      await publish(partial, folder, isLasting);
    },
    leave() {
      if (!hasCheckpoint(partial)) removeFolder(partial);
    },
  };
}

/** The newest checkpoint of this task of which the rows are there as well. */
function readEarlier(partial: string, id: string): (ResumePoint & { readonly startedAt: string }) | undefined {
  if (!existsSync(partial)) return undefined;
  for (const { checkpoint, startedAt, durationMs, rowsDigest, id: itsId } of readCheckpoints(partial)) {
    const rows = itsId === id ? readRows(join(partial, rowLog), checkpoint.rows, rowsDigest) : undefined;
    if (rows) return { checkpoint, rows, startedAt, durationMs };
  }
  return undefined;
}

const measured = ({ result, hash }: MeasurementOutcome) => ({ ...result, hash });

/** Not on the disk yet: who finishes a task waits for all of its files at once. */
async function writeTrial(
  file: (name: string) => string,
  { summary, parameters, parameterShapes, predictions, snapshots }: TrialOutcome,
  observed: readonly string[],
): Promise<void> {
  await convertMetrics(file(rowLog), file(taskFiles.metrics), observed);
  writeFileSync(file(taskFiles.weights), writeSafetensors(tensorsOf(parameters, parameterShapes)));
  if (predictions !== undefined) writeFileSync(file(taskFiles.predictions), json(predictions));
  if (snapshots !== undefined) writeFileSync(file(taskFiles.snapshots), snapshotBytes(snapshots));
  writeFileSync(file(taskFiles.result), json(summary));
}

/**
 * Makes a whole task, whose files are on the disk, visible under its own name, at one moment; another's that came first
 * stays.
 */
export async function publish(partial: string, folder: string, isLasting = true): Promise<void> {
  if (isLasting) await syncAll([partial]);
  try {
    renameSync(partial, folder);
  } catch (error) {
    // Another process finished the same task first; its folder holds the same result.
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) throw error;
    removeFolder(partial);
  }
  if (isLasting) await syncAll([dirname(folder)]);
}

/** Removes from a folder of tasks what is unfinished and cannot be resumed; returns the number of such tasks. */
export function removeAbandoned(tasks: string): number {
  const abandoned = partialsIn(tasks).filter((path) => !hasCheckpoint(path));
  for (const path of abandoned) removeFolder(path);
  return abandoned.length;
}

/** Paths of the unfinished tasks in a folder of tasks. */
export function partialsIn(tasks: string): readonly string[] {
  if (!existsSync(tasks)) return [];
  return readdirSync(tasks)
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(tasks, name));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
