import { UserError } from '../../base/errors.js';
import type { MeasurementRecord, RunRecord, RunTask, TrialRecord } from '../../lab/record.js';
import {
  type Arm,
  type Experiment,
  type MeasurementArm,
  type Preset,
  type Protocol,
  withBugs,
} from '../../study/experiment.js';
import { type PresetName, presetNames } from '../../study/names.js';

/** A planned trial and, where it was finished, what came of it. */
export interface ReportTrial {
  readonly arm: Arm;
  readonly seed: number;
  /** The rounding twin, from 1; absent for the trial itself. */
  readonly twin?: number;
  readonly id: string;
  readonly record: TrialRecord | undefined;
}

/** A planned measurement and, where it was finished, what came of it. */
export interface ReportMeasurement {
  readonly arm: MeasurementArm;
  readonly seed: number;
  /** The rounding twins that it is of, from 1; absent for that of the trials themselves. */
  readonly twin?: number;
  readonly id: string;
  readonly record: MeasurementRecord | undefined;
}

/** A run of one protocol with its experiment, its trials and its measurements. */
export interface ReportRun {
  readonly experiment: Experiment;
  readonly protocol: Protocol;
  readonly presetName: PresetName;
  readonly preset: Preset;
  /** The file of an experiment that is the user's own. */
  readonly source?: string;
  /** `path=value` changes to the preset. */
  readonly settings: readonly string[];
  /** Without twins. */
  readonly trials: readonly ReportTrial[];
  /** Rounding twins of the trials. */
  readonly twins: readonly ReportTrial[];
  /** Without those of twins. */
  readonly measurements: readonly ReportMeasurement[];
  /** Measurements of rounding twins. */
  readonly twinMeasurements: readonly ReportMeasurement[];
}

/** What the store holds, by id. */
export interface Results {
  readonly trials: ReadonlyMap<string, TrialRecord>;
  readonly measurements: ReadonlyMap<string, MeasurementRecord>;
}

/**
 * Puts a run's experiment, plan and results together.
 * @throws UserError if the run names an experiment, protocol, preset or arm that does not exist.
 */
export function joinRun(run: RunRecord, experiments: readonly Experiment[], results: Results): ReportRun {
  const experiment =
    experiments.find(({ id }) => id === run.experiment) ?? unknown('a run of a known experiment', run.experiment);
  const standard =
    experiment.protocols.find(({ id }) => id === run.protocol) ??
    unknown(`a protocol of ${experiment.id}`, run.protocol);
  const protocol = withBugs(standard, switchesOf(run.settings));
  const presetName =
    presetNames.find((name) => name === run.preset) ?? unknown(`a preset of ${experiment.id}`, run.preset);
  const preset = protocol.presets[presetName] ?? unknown(`a preset of ${experiment.id} ${protocol.id}`, run.preset);
  const trials = run.trials.map(
    (task): ReportTrial => ({
      ...task,
      arm: armOf(preset.arms, task, experiment.id),
      record: results.trials.get(task.id),
    }),
  );
  const measurements = run.measurements.map(
    (task): ReportMeasurement => ({
      ...task,
      arm: armOf(preset.measurements, task, experiment.id),
      record: results.measurements.get(task.id),
    }),
  );
  return {
    experiment,
    protocol,
    presetName,
    preset,
    ...(run.source !== undefined && { source: run.source }),
    settings: run.settings,
    trials: trials.filter(({ twin }) => twin === undefined),
    twins: trials.filter(({ twin }) => twin !== undefined),
    measurements: measurements.filter(({ twin }) => twin === undefined),
    twinMeasurements: measurements.filter(({ twin }) => twin !== undefined),
  };
}

function unknown(expected: string, got: string): never {
  throw new UserError(`report: expected ${expected}, got "${got}"; run it again`);
}

function armOf<A extends Arm | MeasurementArm>(arms: readonly A[], { arm: id }: RunTask, experiment: string): A {
  return (
    arms.find((arm) => arm.id === id) ??
    unknown(`an arm of ${experiment} (${arms.map((arm) => arm.id).join(', ')})`, id)
  );
}

/** The switches among the settings: `bugs.name=false`. */
function switchesOf(settings: readonly string[]): Readonly<Record<string, boolean>> {
  const pairs = settings.flatMap((setting) => {
    const [, name, value] = /^bugs\.(\w+)=(true|false)$/.exec(setting) ?? [];
    return name === undefined ? [] : [[name, value === 'true'] as const];
  });
  return Object.fromEntries(pairs);
}

/** Key of a run among the files and anchors of a report. */
export const runKey = ({ experiment, protocol, presetName }: ReportRun): string =>
  `${experiment.id}-${protocol.id}-${presetName}`;

/** All tasks of a run: trials, their twins, measurements. */
export const tasksOfRun = ({
  trials,
  twins,
  measurements,
  twinMeasurements,
}: ReportRun): readonly (ReportTrial | ReportMeasurement)[] => [
  ...trials,
  ...twins,
  ...measurements,
  ...twinMeasurements,
];

/** The seeds of a run, each once, in their order. */
export const seedsOf = ({ trials, measurements }: ReportRun): readonly number[] => [
  ...new Set([...trials, ...measurements].map(({ seed }) => seed)),
];

/** How many rounding twins each trial of a run has, at most. */
export const twinCount = ({ twins }: ReportRun): number =>
  twins.reduce((most, { twin = 0 }) => Math.max(most, twin), 0);

/** The command line that runs the same tasks again. */
export function rerunCommand(run: ReportRun): string {
  const twins = twinCount(run) === (run.preset.twins ?? 0) ? '' : ` --twins ${twinCount(run)}`;
  const settings = run.settings.map((setting) => ` --set ${shellWord(setting)}`).join('');
  const { experiment, source, protocol, presetName } = run;
  return `npx descent run ${shellWord(source ?? experiment.id)} --protocol ${protocol.id} --preset ${presetName} \
--seeds ${seedList(seedsOf(run))}${twins}${settings}`;
}

/** `1..20` for a stretch of seeds, `1,3` for others. */
function seedList(seeds: readonly number[]): string {
  const first = seeds[0] ?? 0;
  const isStretch = seeds.length > 2 && seeds.every((seed, i) => seed === first + i);
  return isStretch ? `${first}..${seeds.at(-1)}` : seeds.join(',');
}

const shellWord = (text: string): string =>
  /^[\w.,:=/+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
