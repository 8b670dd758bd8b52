import { existsSync } from 'node:fs';
import { experiments } from '../../experiments/index.js';
import type { MeasurementRecord, RunRecord, TrialRecord } from '../../lab/record.js';
import type { Store } from '../../lab/store.js';
import type { Experiment } from '../../study/experiment.js';
import { type PresetName, presetNames } from '../../study/names.js';

/** Runs of a store with their experiments. */
export interface ChosenRuns {
  /** Those of the package, then the user's own. */
  readonly experiments: readonly Experiment[];
  readonly runs: readonly RunRecord[];
}

/** Results of finished tasks, by id. */
export interface StoredResults {
  readonly trials: ReadonlyMap<string, TrialRecord>;
  readonly measurements: ReadonlyMap<string, MeasurementRecord>;
}

/** Runs with what came of their tasks. */
export interface StoredRuns extends ChosenRuns {
  readonly results: StoredResults;
  /** How many tasks of the runs are not finished. */
  readonly missing: number;
}

/** Which runs are wanted. */
export interface RunChoice {
  readonly preset?: PresetName;
  /** `path=value` changes: where a run was changed so, it stands in place of the one as planned. */
  readonly set?: readonly string[];
}

/**
 * Of each protocol of each experiment the runs as they were planned, unless changed ones are asked for: of the preset
 * asked for, else those in full size, else the largest. Experiments of the user's own are read again from their files,
 * and left out where these are gone.
 */
export async function chooseRuns(store: Store, choice: RunChoice): Promise<ChosenRuns> {
  const { preset, set = [] } = choice;
  const stored = store.listRuns();
  const known = [...experiments, ...(await ownExperiments(stored))];
  const runs = known.flatMap(({ id, protocols }) =>
    protocols.flatMap((protocol) => {
      const own = stored.filter((run) => run.experiment === id && run.protocol === protocol.id);
      const changed = own.filter(({ settings }) => settings.length > 0 && settings.every((text) => set.includes(text)));
      return wantedOf(changed.length > 0 ? changed : own.filter(({ settings }) => settings.length === 0), preset);
    }),
  );
  return { experiments: known, runs };
}

/** The chosen runs with all their results. */
export async function readStoredRuns(store: Store, choice: RunChoice): Promise<StoredRuns> {
  const chosen = await chooseRuns(store, choice);
  const reader = resultReader(store);
  const results = await reader.read(chosen.runs);
  return { ...chosen, results, missing: reader.missing() };
}

async function ownExperiments(runs: readonly RunRecord[]): Promise<readonly Experiment[]> {
  const files = [...new Set(runs.flatMap(({ source }) => source ?? []))].filter((file) => existsSync(file));
  if (files.length === 0) return [];
  const { loadExperiment } = await import('./load-experiment.js');
  const loaded: Experiment[] = [];
  for (const file of files) loaded.push((await loadExperiment(file)).experiment);
  return loaded;
}

/** The report's own sizes and many seeds belong side by side; miniatures only stand in for them. */
function wantedOf(runs: readonly RunRecord[], preset: PresetName | undefined): readonly RunRecord[] {
  const of = (...names: readonly string[]): readonly RunRecord[] => runs.filter((run) => names.includes(run.preset));
  if (preset !== undefined) return of(preset);
  const full = of('report', 'study');
  if (full.length > 0) return full;
  const largest = presetNames.findLast((name) => of(name).length > 0);
  return largest === undefined ? [] : of(largest);
}

/** Reads results, each once, though several runs may share it. */
export interface ResultReader {
  /** All results that were read so far, those of the runs among them. */
  read(runs: readonly RunRecord[]): Promise<StoredResults>;
  /** How many tasks of the runs are not finished. */
  missing(): number;
}

/** A reader of a store's results that has read none yet. */
export function resultReader(store: Store): ResultReader {
  const trials = new Map<string, TrialRecord>();
  const measurements = new Map<string, MeasurementRecord>();
  const missing = new Set<string>();
  return {
    missing: () => missing.size,
    async read(runs) {
      for (const { id } of runs.flatMap((run) => run.trials)) {
        if (!store.has(id)) missing.add(id);
        else if (!trials.has(id)) trials.set(id, await store.read(id));
      }
      for (const { id } of runs.flatMap((run) => run.measurements)) {
        if (!store.has(id)) missing.add(id);
        else if (!measurements.has(id)) measurements.set(id, store.readMeasurement(id));
      }
      return { trials, measurements };
    },
  };
}
