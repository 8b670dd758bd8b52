import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { canonicalJson } from '../../../base/canonical-json.js';
import { UserError } from '../../../base/errors.js';
import { sha256Hex } from '../../../base/sha256.js';
import type { MeasurementRecord, RunRecord, TrialRecord } from '../../../lab/record.js';
import type { Provenance, TrialStore } from '../../../lab/store.js';
import type { MeasurementResult, MeasurementSpec } from '../../../tasks/measurement-spec.js';
import { isMeasurement } from '../../../tasks/task.js';
import type { TaskSummary } from '../../../tasks/task-event.js';
import type { Predictions, TrialSummary } from '../../../tasks/trial-result.js';
import type { TrialSpec } from '../../../tasks/trial-spec.js';
import { codeOf, makeFolder, readBytes, readJson, replaceFile } from '../files.js';
import { requireIntact } from './checksums.js';
import { readFinishedTrial } from './finished-trials.js';
import { readMetrics } from './metrics-file.js';
import { beginPartial, removeAbandoned } from './partial-task.js';
import { setAside } from './set-aside.js';
import { taskFiles } from './task-files.js';

const idPattern = /^[0-9a-f]{64}$/;

/**
 * The store in a folder: `trials/<id>/` and `measurements/<id>/` for each finished task, `runs/<experiment>-<protocol>-<preset>.json` for what belongs together.
 * The folder is made by the first write, so that looking at a store leaves no trace.
 */
export function openStore(dir: string): TrialStore {
  const path = resolve(dir);
  const [trials, measurements, runs] = ['trials', 'measurements', 'runs'].map((name) => join(path, name)) as [
    string,
    string,
    string,
  ];
  /** The folder that holds a task, or that of a trial where there is none. */
  const folderOf = (id: string): string => {
    const measurement = join(measurements, id);
    return existsSync(measurement) ? measurement : join(trials, id);
  };
  const idsIn = (folder: string): readonly string[] => namesIn(folder).filter((name) => idPattern.test(name));
  return {
    path,
    has: (id) => existsSync(join(folderOf(id), taskFiles.result)),
    list: () => idsIn(trials),
    listMeasurements: () => idsIn(measurements),
    read: (id) => readTrial(join(trials, id), id),
    readMeasurement: (id) => readMeasurement(join(measurements, id), id),
    readSummary: (id) => readSummary<TaskSummary>(folderOf(id)),
    readFinished: (id) => readFinishedTrial(join(trials, id), id),
    begin: (task, machine) => {
      const folder = join(isMeasurement(task.spec) ? measurements : trials, task.id);
      makeStoreFolder(dirname(folder));
      // A folder without a result is no finished task, and would stand in the way of one.
      if (existsSync(folder) && !existsSync(join(folder, taskFiles.result))) setAside(path, folder);
      return beginPartial(folder, task, machine);
    },
    removeAbandoned: () => removeAbandoned(trials) + removeAbandoned(measurements),
    listRuns: () =>
      namesIn(runs)
        .filter((name) => name.endsWith('.json'))
        .map((name) => readRun(join(runs, name))),
    writeRun: (run) => {
      makeStoreFolder(runs);
      replaceFile(join(runs, `${runName(run)}.json`), runText(run));
    },
  };
}

async function readTrial(folder: string, id: string): Promise<TrialRecord> {
  if (!existsSync(folder)) throw new UserError(`${folder}: expected a finished trial, got nothing; run it first`);
  requireIntact(folder, [taskFiles.spec, taskFiles.metrics, taskFiles.predictions]);
  const predictions = join(folder, taskFiles.predictions);
  return {
    ...readSummary<TrialSummary>(folder),
    id,
    spec: readJson(join(folder, taskFiles.spec)) as TrialSpec,
    metrics: await readMetrics(join(folder, taskFiles.metrics)),
    ...(existsSync(predictions) && { predictions: readJson(predictions) as Predictions }),
  };
}

function readMeasurement(folder: string, id: string): MeasurementRecord {
  if (!existsSync(folder)) throw new UserError(`${folder}: expected a finished measurement, got nothing; run it first`);
  requireIntact(folder, [taskFiles.spec]);
  return {
    ...readSummary<MeasurementResult & { readonly hash: string }>(folder),
    id,
    spec: readJson(join(folder, taskFiles.spec)) as MeasurementSpec,
  };
}

/** What is in a task's result file, and how long it took. */
function readSummary<T>(folder: string): T & { durationMs: number } {
  requireIntact(folder, [taskFiles.result, taskFiles.provenance]);
  const { durationMs } = readJson(join(folder, taskFiles.provenance)) as Provenance;
  return { ...(readJson(join(folder, taskFiles.result)) as T), durationMs };
}

const runFields = ['experiment', 'protocol', 'preset', 'source', 'settings', 'trials', 'measurements', 'finished'];

/** The file of a run: its record, and a checksum over it. */
function runText(run: RunRecord): string {
  return `${JSON.stringify({ ...run, checksum: sha256Hex(canonicalJson(run)) }, undefined, 2)}\n`;
}

/**
 * The record of a run from its file; those of older versions have no checksum.
 * @throws UserError if it is damaged; it names the file
 */
export function readRun(path: string): RunRecord {
  const { checksum, ...run } = Object(readJson(path)) as RunRecord & { readonly checksum?: string };
  const isKnown = Object.keys(run).every((name) => runFields.includes(name)) && Array.isArray(run.trials);
  if (isKnown && (checksum === undefined || readBytes(path).toString() === runText(run))) return run;
  throw new UserError(`${path}: expected the record of a run as it was written, got another`);
}

/** A run of changed trials has a name of its own, so that it never passes for the preset. */
function runName(run: RunRecord): string {
  const changes = run.settings.map((setting) => `+${setting.replaceAll(/[^\w.=-]/g, '_')}`).join('');
  return `${run.experiment}-${run.protocol}-${run.preset}${changes}`.slice(0, 200);
}

function makeStoreFolder(path: string): void {
  try {
    makeFolder(path);
  } catch (error) {
    throw new UserError(
      `store ${path}: expected a folder that can be written, got ${codeOf(error)}; choose another with --store`,
    );
  }
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}
