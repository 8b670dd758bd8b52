import { engineRevision, kernelsDigest } from '../engine/index.js';
import { type Experiment, type PlannedTrial, type PresetName, trialsOf } from '../experiments/experiment.js';
import type { TrialTask } from '../lab/run-trials.js';
import { parseTrialSpec } from '../trials/schema.js';
import { applySettings, type Setting } from '../trials/settings.js';
import { trialId } from '../trials/trial-id.js';

/** A trial of a run: which one it is in its experiment, and its id. */
export interface IdentifiedTrial extends PlannedTrial {
  readonly id: string;
}

/** Ids of trials depend on this engine. */
export function idOf(spec: PlannedTrial['spec']): string {
  return trialId(spec, { kernelsDigest, engineRevision });
}

/**
 * All trials of some experiments' preset, changed by the settings, checked and identified.
 * @throws SpecError if a setting makes a spec invalid
 */
export function planTrials(
  experiments: readonly Experiment[],
  preset: PresetName,
  seeds: readonly number[] | undefined,
  settings: readonly Setting[],
): readonly IdentifiedTrial[] {
  return experiments
    .flatMap((experiment) => trialsOf(experiment, preset, seeds))
    .map((trial) => {
      const spec = parseTrialSpec(applySettings(trial.spec, settings));
      return { ...trial, seed: spec.seed, spec, id: idOf(spec) };
    });
}

/** Each trial once, though two experiments may ask for the same. */
export function tasksOf(trials: readonly IdentifiedTrial[]): readonly TrialTask[] {
  return [...new Map(trials.map(({ id, spec }) => [id, { id, spec }])).values()];
}
