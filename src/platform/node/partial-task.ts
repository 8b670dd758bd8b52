import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { metricNames } from '../../lab/metric-names.js';
import { tensorsOf, writeSafetensors } from '../../lab/safetensors.js';
import type { Machine, PartialTask, Provenance } from '../../lab/store.js';
import { withDefaults } from '../../trials/defaults.js';
import type { MeasurementOutcome } from '../../trials/run-measurement.js';
import type { TrialOutcome } from '../../trials/run-trial.js';
import { isMeasurement, type TaskSpec } from '../../trials/task.js';
import { codeOf, removeFolder, syncFile, syncFolder, writeDurably } from './files.js';
import { convertMetrics } from './metrics-file.js';
import { snapshotBytes } from './snapshots-file.js';
import { taskFiles } from './task-files.js';

/** Rows as they come, only while a trial runs. */
const metricLines = 'metrics.jsonl';
const prefix = '.partial-';
/** Tells this process from an earlier one that had the same number. */
const token = randomBytes(8).toString('hex');
/** A partial folder's name says which process on which machine records into it. */
const namePattern = /^\.partial-[^-]+-(?<pid>\d+)-(?<token>[0-9a-f]{16})-(?<host>.*)$/;

/** Starts a task's folder under a hidden name beside its final place, to which it moves when it is whole. */
export function beginPartial(folder: string, spec: TaskSpec, machine: Machine): PartialTask {
  const partial = join(
    dirname(folder),
    `${prefix}${basename(folder).replaceAll('-', '_')}-${process.pid}-${token}-${hostname()}`,
  );
  const file = (name: string): string => join(partial, name);
  const observed = new Set<string>();
  const startedAt = new Date().toISOString();
  removeFolder(partial);
  mkdirSync(partial, { recursive: true });
  writeDurably(file(taskFiles.spec), json(isMeasurement(spec) ? spec : withDefaults(spec)));
  if (!isMeasurement(spec)) writeFileSync(file(metricLines), '');
  return {
    append(rows) {
      for (const row of rows) for (const name of Object.keys(row)) observed.add(name);
      appendFileSync(file(metricLines), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    },
    async finish(outcome, durationMs) {
      if ('summary' in outcome) await finishTrial(file, outcome, observed);
      else writeDurably(file(taskFiles.result), json(measured(outcome)));
      const provenance: Provenance = { ...machine, startedAt, finishedAt: new Date().toISOString(), durationMs };
      writeDurably(file(taskFiles.provenance), json(provenance));
      publish(partial, folder);
    },
    discard: () => removeFolder(partial),
  };
}

const measured = ({ result, hash }: MeasurementOutcome) => ({ ...result, hash });

async function finishTrial(
  file: (name: string) => string,
  { summary, parameters, parameterShapes, predictions, snapshots }: TrialOutcome,
  observed: ReadonlySet<string>,
): Promise<void> {
  const columns = metricNames.filter((name) => observed.has(name));
  await convertMetrics(file(metricLines), file(taskFiles.metrics), columns);
  syncFile(file(taskFiles.metrics));
  rmSync(file(metricLines));
  writeDurably(file(taskFiles.weights), writeSafetensors(tensorsOf(parameters, parameterShapes)));
  if (predictions !== undefined) writeDurably(file(taskFiles.predictions), json(predictions));
  if (snapshots !== undefined) writeDurably(file(taskFiles.snapshots), snapshotBytes(snapshots));
  writeDurably(file(taskFiles.result), json(summary));
}

function publish(partial: string, folder: string): void {
  syncFolder(partial);
  try {
    renameSync(partial, folder);
  } catch (error) {
    // Another process finished the same task first; its folder holds the same result.
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) throw error;
    removeFolder(partial);
  }
  syncFolder(dirname(folder));
}

/** Removes the partial folders that dead processes of this machine left in a folder of tasks; gives their number. */
export function removeAbandoned(tasks: string): number {
  if (!existsSync(tasks)) return 0;
  const abandoned = readdirSync(tasks).filter(isAbandoned);
  for (const name of abandoned) removeFolder(join(tasks, name));
  return abandoned.length;
}

function isAbandoned(name: string): boolean {
  const owner = namePattern.exec(name)?.groups;
  if (owner === undefined || owner.host !== hostname()) return false;
  const pid = Number(owner.pid);
  return pid === process.pid ? owner.token !== token : !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
