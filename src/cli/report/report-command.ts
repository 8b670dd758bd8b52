import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { UserError } from '../../base/errors.js';
import { makeFolder, replaceFile } from '../../platform/node/files.js';
import { packageVersion } from '../../platform/node/package-version.js';
import { openStore } from '../../platform/node/store/store.js';
import { buildReport } from '../../report/index.js';
import type { PresetName } from '../../study/names.js';
import { readStoredRuns } from '../run/stored-runs.js';
import { counted, print } from '../text.js';

export interface ReportCommandOptions {
  readonly store: string;
  readonly out: string;
  readonly preset?: PresetName;
  readonly set?: readonly string[];
}

/** Writes the report of a store's runs and says where it is. Gives the exit code. */
export async function reportCommand({ store: dir, out, preset, set = [] }: ReportCommandOptions): Promise<number> {
  const store = openStore(dir);
  const { experiments, runs, results, missing } = await readStoredRuns(store, { set, ...(preset && { preset }) });
  if (runs.length === 0) throw noRuns('report', store.path, preset);
  // Before the work, so that a path that cannot be is told at once.
  makeFolder(resolve(out));
  const files = await buildReport({ experiments, runs, results, fontFiles: fontFiles(), version: packageVersion() });
  for (const { path, content } of files) replaceFile(join(out, path), content);
  if (missing > 0) print(`${counted(missing, 'task')} of these runs not finished, shown as missing`);
  print(`report: ${resolve(out, 'index.html')}`);
  return 0;
}

/** The error for a store without what is asked for. */
export function noRuns(command: string, store: string, preset: PresetName | undefined): UserError {
  const wanted = preset === undefined ? '' : ` of preset ${preset}`;
  return new UserError(`${command}: expected a run in ${store}, got none${wanted}; start one with: descent run`);
}

/** TrueType files for the text in PNG figures. */
export function fontFiles(): readonly string[] {
  const require = createRequire(import.meta.url);
  return ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) => require.resolve(`dejavu-fonts-ttf/ttf/${name}`));
}
