import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../../base/errors.js';
import type { MeasurementRecord, RunRecord, TrialRecord } from '../../lab/record.js';
import type { Provenance, TrialStore } from '../../lab/store.js';
import type { TaskSummary } from '../../lab/task.js';
import type { MeasurementResult, MeasurementSpec } from '../../trials/measurement-spec.js';
import { isMeasurement } from '../../trials/task.js';
import type { Predictions, TrialSummary } from '../../trials/trial-result.js';
import type { TrialSpec } from '../../trials/trial-spec.js';
import { codeOf, readJson, replaceFile } from './files.js';
import { readFinishedTrial } from './finished-trials.js';
import { readMetrics } from './metrics-file.js';
import { beginPartial, removeAbandoned } from './partial-task.js';
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
    begin: ({ id, spec }, machine) => {
      const folder = isMeasurement(spec) ? measurements : trials;
      makeFolder(folder);
      return beginPartial(join(folder, id), spec, machine);
    },
    removeAbandoned: () => removeAbandoned(trials) + removeAbandoned(measurements),
    listRuns: () =>
      namesIn(runs)
        .filter((name) => name.endsWith('.json'))
        .map((name) => readJson(join(runs, name)) as RunRecord),
    writeRun: (run) => {
      makeFolder(runs);
      replaceFile(join(runs, `${runName(run)}.json`), `${JSON.stringify(run, undefined, 2)}\n`);
    },
  };
}

async function readTrial(folder: string, id: string): Promise<TrialRecord> {
  if (!existsSync(folder)) throw new UserError(`${folder}: expected a finished trial, got nothing; run it first`);
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
  return {
    ...readSummary<MeasurementResult & { readonly hash: string }>(folder),
    id,
    spec: readJson(join(folder, taskFiles.spec)) as MeasurementSpec,
  };
}

/** What is in a task's result file, and how long it took. */
function readSummary<T>(folder: string): T & { durationMs: number } {
  const { durationMs } = readJson(join(folder, taskFiles.provenance)) as Provenance;
  return { ...(readJson(join(folder, taskFiles.result)) as T), durationMs };
}

/** A run of changed trials has a name of its own, so that it never passes for the preset. */
function runName(run: RunRecord): string {
  const changes = run.settings.map((setting) => `+${setting.replaceAll(/[^\w.=-]/g, '_')}`).join('');
  return `${run.experiment}-${run.protocol}-${run.preset}${changes}`.slice(0, 200);
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new UserError(
      `store ${path}: expected a folder that can be written, got ${codeOf(error)}; choose another with --store`,
    );
  }
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}
