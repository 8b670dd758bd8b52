import { UserError } from '../base/errors.js';
import type { Arm, Experiment, Preset, PresetName } from '../experiments/experiment.js';
import type { RunRecord, TrialRecord } from '../lab/record.js';

/** A planned trial and, where it was finished, what came of it. */
export interface ReportTrial {
  readonly arm: Arm;
  readonly seed: number;
  readonly id: string;
  readonly record: TrialRecord | undefined;
}

/** A run with its experiment and its trials: all that a section of the report shows. */
export interface ReportRun {
  readonly experiment: Experiment;
  readonly presetName: PresetName;
  readonly preset: Preset;
  /** `path=value` changes to the preset. */
  readonly settings: readonly string[];
  readonly trials: readonly ReportTrial[];
}

/**
 * Puts a run's experiment, plan and records together.
 * @throws UserError if the run names an experiment, preset or arm that does not exist.
 */
export function joinRun(
  run: RunRecord,
  experiments: readonly Experiment[],
  records: ReadonlyMap<string, TrialRecord>,
): ReportRun {
  const experiment = experiments.find(({ id }) => id === run.experiment);
  if (experiment === undefined) {
    throw new UserError(`report: expected a run of a known experiment, got "${run.experiment}"; run it again`);
  }
  if (!Object.hasOwn(experiment.presets, run.preset)) {
    throw new UserError(`report: expected a preset of ${experiment.id}, got "${run.preset}"; run it again`);
  }
  const presetName = run.preset as PresetName;
  const preset = experiment.presets[presetName];
  const trials = run.trials.map(({ arm: armId, seed, id }): ReportTrial => {
    const arm = preset.arms.find((candidate) => candidate.id === armId);
    if (arm === undefined) {
      throw new UserError(
        `report: expected an arm of ${experiment.id} (${preset.arms.map((a) => a.id).join(', ')}), got "${armId}"; run it again`,
      );
    }
    return { arm, seed, id, record: records.get(id) };
  });
  return { experiment, presetName, preset, settings: run.settings, trials };
}

/** Key of a run among the files and anchors of a report. */
export const runKey = (run: ReportRun): string => `${run.experiment.id}-${run.presetName}`;

/** The seeds of a run, each once, in their order. */
export const seedsOf = (run: ReportRun): readonly number[] => [...new Set(run.trials.map(({ seed }) => seed))];

/** The command line that runs the same trials again. */
export function rerunCommand(run: ReportRun): string {
  const settings = run.settings.map((setting) => ` --set ${shellWord(setting)}`).join('');
  return `npx descent run ${run.experiment.id} --preset ${run.presetName} --seeds ${seedsOf(run).join(',')}${settings}`;
}

const shellWord = (text: string): string =>
  /^[\w.,:=/+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
