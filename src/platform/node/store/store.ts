import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../../../base/errors.js';
import type { PartialTask, Store } from '../../../lab/store.js';
import { codeOf, makeFolder, namesIn } from '../files.js';
import { readFinishedTrial } from './finished-trials.js';
import { beginPartial, removeAbandoned } from './partial-task.js';
import { readRuns, writeRun } from './run-files.js';
import { setAside } from './set-aside.js';
import { markFormat, requireKnownFormat } from './store-format.js';
import { taskFiles } from './task-files.js';
import { readMeasurementRecord, readTaskSummary, readTiming, readTrialRecord } from './task-records.js';

/**
 * The store in a folder: `trials/<id>/` and `measurements/<id>/` for each finished task,
 * `runs/<experiment>-<protocol>-<preset>.json` for what belongs together, `store.json` for the number of this layout.
 * The folder is made by the first write, so that looking at a store leaves no trace.
 * @throws UserError if the store is of a newer format
 */
export function openStore(dir: string): Store {
  const path = resolve(dir);
  requireKnownFormat(path);
  const [trials, measurements, runs] = [join(path, 'trials'), join(path, 'measurements'), join(path, 'runs')];
  /** The folder that holds a task, or that of a trial where there is none. */
  const folderOf = (id: string): string => {
    const measurement = join(measurements, id);
    return existsSync(measurement) ? measurement : join(trials, id);
  };
  return {
    path,
    has: (id) => isFinished(folderOf(id)),
    list: () => idsIn(trials),
    listMeasurements: () => idsIn(measurements),
    read: (id) => readTrialRecord(join(trials, id)),
    readMeasurement: (id) => readMeasurementRecord(join(measurements, id)),
    readSummary: (id) => readTaskSummary(folderOf(id)),
    readTiming: (id) => readTiming(folderOf(id)),
    readFinished: (id) => readFinishedTrial(join(trials, id), id),
    begin(task, machine): PartialTask {
      const folder = join(task.spec.kind === 'measurement' ? measurements : trials, task.id);
      makeIn(path, dirname(folder));
      // A folder without a result is no finished task, and would stand in the way of one.
      if (existsSync(folder) && !isFinished(folder)) setAside(path, folder);
      return beginPartial(folder, task, machine);
    },
    removeAbandoned: () => removeAbandoned(trials) + removeAbandoned(measurements),
    listRuns: () => readRuns(runs),
    writeRun(run) {
      makeIn(path, runs);
      writeRun(runs, run);
    },
  };
}

const idPattern = /^[0-9a-f]{64}$/;

const idsIn = (folder: string): readonly string[] => namesIn(folder).filter((name) => idPattern.test(name));

const isFinished = (folder: string): boolean => existsSync(join(folder, taskFiles.result));

/** Makes a folder of a store, and marks the store as one. */
function makeIn(store: string, folder: string): void {
  try {
    makeFolder(folder);
    markFormat(store);
  } catch (error) {
    throw new UserError(
      `store ${folder}: expected a folder that can be written, got ${codeOf(error)}; choose another with --store`,
    );
  }
}
