import { existsSync } from 'node:fs';
import { experiments } from '../../experiments/index.js';
import type { ChosenExperiment } from '../../lab/plan-runs.js';
import type { RunRecord } from '../../lab/record.js';
import type { Store } from '../../lab/store.js';
import { type RunChoice, resultReader, type StoredResults, selectRuns } from '../../lab/stored-runs.js';
import type { Experiment } from '../../study/experiment.js';

/** Runs of a store with their experiments. */
export interface ChosenRuns {
  /** Those of the package, then the user's own. */
  readonly experiments: readonly Experiment[];
  readonly runs: readonly RunRecord[];
}

/** Runs with what came of their tasks. */
export interface StoredRuns extends ChosenRuns {
  readonly results: StoredResults;
  /** How many tasks of the runs are not finished. */
  readonly missing: number;
}

/**
 * Of each protocol of each experiment the runs as they were planned, unless changed ones are asked for: of the preset
 * asked for, else those in full size, else the largest. Experiments of the user's own are read again from their files,
 * and left out where these are gone.
 */
export async function chooseRuns(store: Store, choice: RunChoice): Promise<ChosenRuns> {
  const stored = store.listRuns();
  const known = [...experiments, ...(await ownExperiments(stored))];
  return { experiments: known, runs: selectRuns(stored, known, choice) };
}

/** Experiments with the files that runs have them from. */
export const withSources = (
  experiments: readonly Experiment[],
  runs: readonly RunRecord[],
): readonly ChosenExperiment[] =>
  experiments.map((experiment) => {
    const source = runs.find((run) => run.experiment === experiment.id)?.source;
    return { experiment, ...(source !== undefined && { source }) };
  });

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
