import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../../base/errors.js';
import type { RunRecord, TrialRecord } from '../../lab/record.js';
import type { Provenance, TrialStore } from '../../lab/store.js';
import type { Predictions, TrialSummary } from '../../trials/trial-result.js';
import type { TrialSpec } from '../../trials/trial-spec.js';
import { codeOf, readJson, replaceFile } from './files.js';
import { readMetrics } from './metrics-file.js';
import { beginPartial, removeAbandoned } from './partial-trial.js';
import { trialFiles } from './trial-files.js';

const idPattern = /^[0-9a-f]{64}$/;

/**
 * The store in a folder: `trials/<id>/` for each finished trial, `runs/<experiment>-<preset>.json` for what belongs together.
 * The folder is made by the first write, so that looking at a store leaves no trace.
 */
export function openStore(dir: string): TrialStore {
  const path = resolve(dir);
  const trials = join(path, 'trials');
  const runs = join(path, 'runs');
  const folderOf = (id: string): string => join(trials, id);
  return {
    path,
    has: (id) => existsSync(join(folderOf(id), trialFiles.result)),
    list: () => namesIn(trials).filter((name) => idPattern.test(name)),
    read: (id) => readTrial(folderOf(id), id),
    readSummary: (id) => readSummary(folderOf(id)),
    begin: (id, spec, machine) => {
      makeFolder(trials);
      return beginPartial(folderOf(id), spec, machine);
    },
    removeAbandoned: () => removeAbandoned(trials),
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
  const predictions = join(folder, trialFiles.predictions);
  return {
    ...readSummary(folder),
    id,
    spec: readJson(join(folder, trialFiles.spec)) as TrialSpec,
    metrics: await readMetrics(join(folder, trialFiles.metrics)),
    ...(existsSync(predictions) && { predictions: readJson(predictions) as Predictions }),
  };
}

function readSummary(folder: string): TrialSummary & { durationMs: number } {
  const { durationMs } = readJson(join(folder, trialFiles.provenance)) as Provenance;
  return { ...(readJson(join(folder, trialFiles.result)) as TrialSummary), durationMs };
}

/** A run of changed trials has a name of its own, so that it never passes for the preset. */
function runName(run: RunRecord): string {
  const changes = run.settings.map((setting) => `+${setting.replaceAll(/[^\w.=-]/g, '_')}`).join('');
  return `${run.experiment}-${run.preset}${changes}`.slice(0, 200);
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
