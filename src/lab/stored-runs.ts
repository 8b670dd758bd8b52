import type { Experiment } from '../study/experiment.js';
import { type PresetName, presetNames } from '../study/names.js';
import type { MeasurementRecord, RunRecord, TrialRecord } from './record.js';
import type { Store } from './store.js';

/** Which runs are wanted. */
export interface RunChoice {
  readonly preset?: PresetName;
  /** `path=value` changes: where a run was changed so, it stands in place of the one as planned. */
  readonly set?: readonly string[];
}

/**
 * Of each protocol of each experiment the runs as they were planned, unless changed ones are asked for: of the preset
 * asked for, else those in full size, else the largest.
 */
export function selectRuns(
  stored: readonly RunRecord[],
  experiments: readonly Experiment[],
  { preset, set = [] }: RunChoice,
): readonly RunRecord[] {
  return experiments.flatMap(({ id, protocols }) =>
    protocols.flatMap((protocol) => {
      const own = stored.filter((run) => run.experiment === id && run.protocol === protocol.id);
      const changed = own.filter(({ settings }) => settings.length > 0 && settings.every((text) => set.includes(text)));
      return wantedOf(changed.length > 0 ? changed : own.filter(({ settings }) => settings.length === 0), preset);
    }),
  );
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

/** Results of finished tasks, by id. */
export interface StoredResults {
  readonly trials: ReadonlyMap<string, TrialRecord>;
  readonly measurements: ReadonlyMap<string, MeasurementRecord>;
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
