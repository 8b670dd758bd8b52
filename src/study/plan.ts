import { SpecError } from '../base/errors.js';
import { didYouMean } from '../base/nearest.js';
import type { MeasurementSpec } from '../tasks/measurement-spec.js';
import { applySettings } from '../tasks/settings.js';
import type { InitSpec, TrialSpec } from '../tasks/trial-spec.js';
import type { Arm, Experiment, MeasurementArm, Preset, Protocol } from './experiment.js';
import type { PresetName, ProtocolId } from './names.js';
import { twinsOf } from './twins.js';

/** A task of an experiment's plan: what it is in its experiment, what it computes, and its id. */
export type PlannedTask = {
  readonly experiment: string;
  readonly protocol: ProtocolId;
  readonly arm: string;
  /** Of a measurement across seeds: the first of them. */
  readonly seed: number;
  /** The rounding twin, or of what twins it is measured; absent for the trial itself. */
  readonly twin?: number;
  readonly id: string;
} & (
  | { readonly kind: 'trial'; readonly spec: TrialSpec }
  | { readonly kind: 'measurement'; readonly spec: MeasurementSpec }
);

/** What a plan is made from beside the preset. */
export interface PlanOptions {
  /** Default: the preset's own. */
  readonly seeds?: readonly number[];
  /** Rounding twins of every trial that starts from drawn values, measured like the trials. Default 0. */
  readonly twins?: number;
  /** Changes the spec of a trial before it is identified, as `--set` does. */
  readonly change?: (spec: TrialSpec) => TrialSpec;
  /** The id of a task, a hash of its spec. */
  readonly identify: (spec: TrialSpec | MeasurementSpec) => string;
}

/** Where the tasks of one plan come from. */
interface Planner {
  readonly of: Pick<PlannedTask, 'experiment' | 'protocol'>;
  /** The spec of an arm's trial from a seed. */
  readonly trials: TrialResolver;
  /** How many twins an arm has. */
  readonly twins: (arm: string) => number;
  readonly options: PlanOptions;
}

/**
 * The tasks of a preset: seed by seed every arm and then every measurement of it, so that what belongs together is done
 * together; last what goes across seeds. Arms that others name stand there as the ids of their tasks.
 * @throws SpecError if the protocol has no such preset, there is no seed, or an arm names one that is not there or, in
 * the end, itself
 */
export function tasksOf(
  experiment: Experiment,
  protocol: Protocol,
  presetName: PresetName,
  options: PlanOptions,
): readonly PlannedTask[] {
  const preset = presetOf(experiment, protocol, presetName);
  const seeds = options.seeds ?? preset.seeds;
  if (seeds.length === 0) throw new SpecError('seeds', `expected at least one seed for ${experiment.id}, got none`);
  const planner: Planner = {
    of: { experiment: experiment.id, protocol: protocol.id },
    trials: trialResolver(preset.arms, options),
    twins: (id) => twinsOf(preset.arms.find((arm) => arm.id === id) ?? {}, options.twins ?? 0),
    options,
  };
  const across = preset.measurements.filter((arm) => arm.acrossSeeds);
  return [
    ...seeds.flatMap((seed) => seedTasks(preset, seed, planner)),
    ...across.map((arm) => measurementTask(arm, seeds, planner)),
  ];
}

function presetOf(experiment: Experiment, protocol: Protocol, name: PresetName): Preset {
  const preset = protocol.presets[name];
  if (preset !== undefined) return preset;
  const known = Object.keys(protocol.presets).join(', ');
  throw new SpecError('preset', `expected one of ${experiment.id} ${protocol.id} (${known}), got ${name}`);
}

/** All that one seed has for itself. */
function seedTasks({ arms, measurements }: Preset, seed: number, planner: Planner): readonly PlannedTask[] {
  const own = measurements.filter((arm) => !arm.acrossSeeds);
  return [
    ...arms.flatMap(({ id }) => trialTasks(id, seed, planner)),
    ...own.flatMap((arm) => measurementTasks(arm, seed, planner)),
  ];
}

/** A trial, and its twins behind it. */
function trialTasks(arm: string, seed: number, planner: Planner): readonly PlannedTask[] {
  const { of, options } = planner;
  return family(arm, seed, planner).map(({ twin, spec }): PlannedTask => {
    const task = { ...of, kind: 'trial', arm, seed, id: options.identify(spec), spec } as const;
    return twin === 0 ? task : { ...task, twin };
  });
}

/** A measurement, and behind it that of the twins of its trials, where all of them have some. */
function measurementTasks(arm: MeasurementArm, seed: number, planner: Planner): readonly PlannedTask[] {
  const { options } = planner;
  const families = arm.of.map((id) => family(id, seed, planner));
  const twins = families.length === 0 ? 0 : Math.min(...families.map(({ length }) => length - 1));
  return [
    measurementTask(arm, [seed], planner),
    ...Array.from({ length: twins }, (_, i): PlannedTask => {
      const ids = families.map((trials) => options.identify(trials[i + 1]!.spec));
      return { ...measurementOf(arm, ids, seed, planner), twin: i + 1 };
    }),
  ];
}

function measurementTask(arm: MeasurementArm, seeds: readonly number[], planner: Planner): PlannedTask {
  const { trials, options } = planner;
  const ids = arm.of.flatMap((id) => seeds.map((each) => options.identify(trials(id, each))));
  return measurementOf(arm, ids, seeds[0]!, planner);
}

function measurementOf(
  arm: MeasurementArm,
  ids: readonly string[],
  seed: number,
  { of, options }: Planner,
): PlannedTask {
  const spec: MeasurementSpec = { kind: 'measurement', measure: arm.measure, of: ids, seed };
  return { ...of, kind: 'measurement', arm: arm.id, seed, id: options.identify(spec), spec };
}

/** `path`: the arms that lead there, each starting from the next. */
type TrialResolver = (arm: string, seed: number, path?: readonly string[]) => TrialSpec;

/** The spec of an arm's trial from a seed, arms in it replaced by ids; each is made once. */
function trialResolver(arms: readonly Arm[], { identify, change = (spec) => spec }: PlanOptions): TrialResolver {
  const resolved = new Map<string, TrialSpec>();
  const resolve: TrialResolver = (id, seed, path = []) => {
    const key = `${seed} ${id}`;
    const known = resolved.get(key);
    if (known !== undefined) return known;
    const arm = armNamed(id, arms);
    if (path.includes(id)) throw new SpecError(`arm ${id}`, `expected no circle, got ${[...path, id].join(' <- ')}`);
    const { init, ...rest } = arm.spec;
    const idOf = (other: string): string => identify(resolve(other, seed, [...path, id]));
    const own = { ...rest, ...(init && { init: withIds(init, idOf) }), seed };
    const spec = change(followingSeed(own, arm.follows ?? []));
    resolved.set(key, spec);
    return spec;
  };
  return resolve;
}

/** A spec whose named fields have its seed. */
function followingSeed(spec: TrialSpec, paths: readonly string[]): TrialSpec {
  if (paths.length === 0) return spec;
  const settings = paths.map((path) => ({ text: `${path}=${spec.seed}`, path: path.split('.'), value: spec.seed }));
  return applySettings(spec, settings) as TrialSpec;
}

function armNamed(id: string, arms: readonly Arm[]): Arm {
  const found = arms.find((arm) => arm.id === id);
  if (found !== undefined) return found;
  const names = arms.map((arm) => arm.id);
  throw new SpecError('arm', `expected one of ${names.join(', ')}, got "${id}"${didYouMean(id, names)}`);
}

function withIds(init: InitSpec, idOf: (arm: string) => string): InitSpec {
  return init.kind === 'interpolated' ? { ...init, from: [idOf(init.from[0]), idOf(init.from[1])] } : init;
}

/** The trial of an arm from a seed, and as many twins as it may have. */
const family = (arm: string, seed: number, { trials, twins }: Planner): Family =>
  withTwins(trials(arm, seed), twins(arm));

type Family = readonly { readonly twin: number; readonly spec: TrialSpec }[];

/** A trial and its rounding twins; one that starts from others' ends has none, as what it starts from is not drawn. */
function withTwins(spec: TrialSpec, twins: number): Family {
  const { init = { kind: 'pytorch', skip: 0 } } = spec;
  const count = init.kind === 'pytorch' ? twins : 0;
  const nudged = (twin: number): TrialSpec =>
    init.kind === 'pytorch' ? { ...spec, init: { kind: 'nudged', skip: init.skip, twin } } : spec;
  return Array.from({ length: count + 1 }, (_, twin) => ({ twin, spec: twin === 0 ? spec : nudged(twin) }));
}
