import { join } from 'node:path';
import { canonicalJson } from '../../../base/canonical-json.js';
import { UserError } from '../../../base/errors.js';
import { sha256Hex } from '../../../base/sha256.js';
import type { RunRecord } from '../../../lab/record.js';
import { namesIn, readBytes, readJson, replaceFile } from '../files.js';

const runFields = ['experiment', 'protocol', 'preset', 'source', 'settings', 'trials', 'measurements', 'finished'];

/** All runs of a folder of runs. @throws as `readRun` */
export function readRuns(folder: string): readonly RunRecord[] {
  const names = namesIn(folder).filter((name) => name.endsWith('.json'));
  return names.map((name) => readRun(join(folder, name)));
}

/** Writes a run into a folder of runs, in the place of one of the same name. */
export function writeRun(folder: string, run: RunRecord): void {
  replaceFile(join(folder, `${runName(run)}.json`), runText(run));
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

/** The file of a run: its record, and a checksum over it. */
function runText(run: RunRecord): string {
  return `${JSON.stringify({ ...run, checksum: sha256Hex(canonicalJson(run)) }, undefined, 2)}\n`;
}

/** A run of changed trials has a name of its own, so that it never passes for the preset. */
function runName(run: RunRecord): string {
  const changes = run.settings.map((setting) => `+${setting.replaceAll(/[^\w.=-]/g, '_')}`).join('');
  return `${run.experiment}-${run.protocol}-${run.preset}${changes}`.slice(0, 200);
}
