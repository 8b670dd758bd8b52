import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../base/errors.js';
import type { PresetName } from '../experiments/experiment.js';
import { experiments } from '../experiments/index.js';
import type { RunRecord, TrialRecord } from '../lab/record.js';
import type { TrialStore } from '../lab/store.js';
import { packageVersion } from '../platform/node/package-version.js';
import { openStore } from '../platform/node/store.js';
import { buildReport } from '../report/index.js';
import { presetNames } from './presets.js';
import { counted, print } from './text.js';

export interface ReportCommandOptions {
  readonly store: string;
  readonly out: string;
  readonly preset?: PresetName;
}

/** Writes the report of a store's runs and says where it is. Gives the exit code. */
export async function reportCommand({ store: dir, out, preset }: ReportCommandOptions): Promise<number> {
  const store = openStore(dir);
  const runs = chooseRuns(store, preset);
  const records = new Map<string, TrialRecord>();
  const missing = new Set<string>();
  for (const { id } of runs.flatMap((run) => run.trials)) {
    if (store.has(id)) records.set(id, records.get(id) ?? (await store.read(id)));
    else missing.add(id);
  }
  const files = await buildReport({ experiments, runs, records, fontFiles: fontFiles(), version: packageVersion() });
  for (const { path, content } of files) {
    const target = join(out, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  if (missing.size > 0) print(`${counted(missing.size, 'trial')} of these runs not finished, shown as missing`);
  print(`report: ${resolve(out, 'index.html')}`);
  return 0;
}

/** Of each experiment one run as it is planned, without changes: that of the preset asked for, or of the largest that was run. */
function chooseRuns(store: TrialStore, preset: PresetName | undefined): readonly RunRecord[] {
  const runs = store.listRuns().filter((run) => run.settings.length === 0);
  const chosen = experiments.flatMap(({ id }) => {
    const presets = preset === undefined ? presetNames.toReversed() : [preset];
    const found = presets.flatMap((name) => runs.filter((run) => run.experiment === id && run.preset === name));
    return found.slice(0, 1);
  });
  if (chosen.length === 0) {
    throw new UserError(
      `report: expected a run in ${store.path}, got none${preset ? ` of preset ${preset}` : ''}; start one with: descent run`,
    );
  }
  return chosen;
}

function fontFiles(): readonly string[] {
  const require = createRequire(import.meta.url);
  return ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) => require.resolve(`dejavu-fonts-ttf/ttf/${name}`));
}
