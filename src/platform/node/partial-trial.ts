import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { metricNames } from '../../lab/metric-names.js';
import { tensorsOf, writeSafetensors } from '../../lab/safetensors.js';
import type { Machine, PartialTrial, Provenance } from '../../lab/store.js';
import { withDefaults } from '../../trials/defaults.js';
import type { TrialOutcome } from '../../trials/run-trial.js';
import type { TrialSpec } from '../../trials/trial-spec.js';
import { codeOf, removeFolder, syncFile, syncFolder, writeDurably } from './files.js';
import { convertMetrics } from './metrics-file.js';
import { trialFiles } from './trial-files.js';

/** Rows as they come, only while a trial runs. */
const metricLines = 'metrics.jsonl';
const prefix = '.partial-';
/** Tells this process from an earlier one that had the same number. */
const token = randomBytes(8).toString('hex');
/** A partial folder's name says which process on which machine records into it. */
const namePattern = /^\.partial-[^-]+-(?<pid>\d+)-(?<token>[0-9a-f]{16})-(?<host>.*)$/;

/** Starts a trial's folder under a hidden name beside its final place, to which it moves when it is whole. */
export function beginPartial(folder: string, spec: TrialSpec, machine: Machine): PartialTrial {
  const partial = join(
    dirname(folder),
    `${prefix}${basename(folder).replaceAll('-', '_')}-${process.pid}-${token}-${hostname()}`,
  );
  const file = (name: string): string => join(partial, name);
  const observed = new Set<string>();
  const startedAt = new Date().toISOString();
  removeFolder(partial);
  mkdirSync(partial, { recursive: true });
  writeDurably(file(trialFiles.spec), json(withDefaults(spec)));
  writeFileSync(file(metricLines), '');
  return {
    append(rows) {
      for (const row of rows) for (const name of Object.keys(row)) observed.add(name);
      appendFileSync(file(metricLines), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    },
    async finish(outcome, durationMs) {
      const columns = metricNames.filter((name) => observed.has(name));
      await convertMetrics(file(metricLines), file(trialFiles.metrics), columns);
      syncFile(file(trialFiles.metrics));
      writeOutcome(file, outcome, { ...machine, startedAt, finishedAt: new Date().toISOString(), durationMs });
      rmSync(file(metricLines));
      publish(partial, folder);
    },
    discard: () => removeFolder(partial),
  };
}

function writeOutcome(file: (name: string) => string, outcome: TrialOutcome, provenance: Provenance): void {
  const { summary, parameters, parameterShapes, predictions } = outcome;
  writeDurably(file(trialFiles.weights), writeSafetensors(tensorsOf(parameters, parameterShapes)));
  if (predictions !== undefined) writeDurably(file(trialFiles.predictions), json(predictions));
  writeDurably(file(trialFiles.provenance), json(provenance));
  writeDurably(file(trialFiles.result), json(summary));
}

function publish(partial: string, folder: string): void {
  syncFolder(partial);
  try {
    renameSync(partial, folder);
  } catch (error) {
    // Another process finished the same trial first; its folder holds the same result.
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) throw error;
    removeFolder(partial);
  }
  syncFolder(dirname(folder));
}

/** Removes the partial folders that dead processes of this machine left in a folder of trials; gives their number. */
export function removeAbandoned(trials: string): number {
  if (!existsSync(trials)) return 0;
  const abandoned = readdirSync(trials).filter(isAbandoned);
  for (const name of abandoned) removeFolder(join(trials, name));
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
