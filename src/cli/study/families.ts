import type { ChosenExperiment } from '../../lab/plan-runs.js';
import type { Store } from '../../lab/store.js';
import type { ResultSource } from '../../lab/study/seed-results.js';
import { openResults, type ResultsFolder, resultsFolderOf } from '../../platform/node/results/results-folder.js';
import type { Experiment } from '../../study/experiment.js';
import { type Family, type LedgerWork, ledgerWork, type Verdict, verdictsOf } from '../../verdicts/index.js';

/** Experiments whose claims are one family, and the folder of its register and ledgers. */
export interface OpenFamily {
  readonly results: ResultsFolder;
  readonly experiments: readonly Experiment[];
}

/** The families of some experiments: the package's own are one, each file of the user's is another. */
export function familiesOf(chosen: readonly ChosenExperiment[], results: string | undefined): readonly OpenFamily[] {
  const byFolder = new Map<string, Experiment[]>();
  for (const { experiment, source } of chosen) {
    const folder = results ?? resultsFolderOf(source);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), experiment]);
  }
  return [...byFolder].map(([folder, experiments]) => ({ results: openResults(folder), experiments }));
}

/** The results of a store, as a study reads them. */
export const resultsIn = (store: Store): ResultSource => ({
  has: store.has,
  read: async ({ id, kind }) => (kind === 'trial' ? await store.read(id) : store.readMeasurement(id)),
});

/** The verdicts of the ledgers on all claims of some experiments. */
export function ledgerVerdicts(chosen: readonly ChosenExperiment[], results?: string): readonly Verdict[] {
  return familiesOf(chosen, results).flatMap(({ results: folder, experiments }) => {
    const family: Family = folder.read();
    return experiments.flatMap((experiment) => verdictsOf(experiment, family));
  });
}

/** What their values took to compute, as far as that is known. */
export const workOfLedgers = (chosen: readonly ChosenExperiment[], results?: string): readonly LedgerWork[] =>
  familiesOf(chosen, results).flatMap(({ results: folder, experiments }) =>
    ledgerWork(experiments, folder.read(), folder.times()),
  );
