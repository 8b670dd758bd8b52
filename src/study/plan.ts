import { SpecError } from '../base/errors.js';
import { didYouMean } from '../base/nearest.js';
import type { MeasurementSpec } from '../tasks/measurement-spec.js';
import type { InitSpec, TrialSpec } from '../tasks/trial-spec.js';
import type { Arm, Experiment, MeasurementArm, Protocol } from './experiment.js';
import type { PresetName, ProtocolId } from './names.js';

/** A task of an experiment's plan: what it is in its experiment, what it computes, and its id. */
export type PlannedTask = {
  readonly experiment: string;
  readonly protocol: ProtocolId;
  readonly arm: string;
  /** Of a measurement across seeds: the first of them. */
  readonly seed: number;
  readonly id: string;
} & (
  | { readonly kind: 'trial'; readonly twin?: number; readonly spec: TrialSpec }
  | { readonly kind: 'measurement'; readonly spec: MeasurementSpec }
);

export interface PlanOptions {
  /** Default: the preset's own. */
  readonly seeds?: readonly number[];
  /** Rounding twins of every trial that starts from drawn values. Default 0. */
  readonly twins?: number;
  /** Changes the spec of a trial before it is identified, as `--set` does. */
  readonly change?: (spec: TrialSpec) => TrialSpec;
  /** The id of a task, a hash of its spec. */
  readonly identify: (spec: TrialSpec | MeasurementSpec) => string;
}

/**
 * The tasks of a preset: seed by seed every arm and then every measurement of it, so that what belongs together is done together; last what goes across seeds.
 * Arms that are named by others are given by the ids of their tasks.
 * @throws SpecError if the protocol has no such preset, no seed is given, or an arm names one that is not there or, in the end, itself
 */
export function tasksOf(
  experiment: Experiment,
  protocol: Protocol,
  presetName: PresetName,
  options: PlanOptions,
): readonly PlannedTask[] {
  const preset = protocol.presets[presetName];
  if (preset === undefined) {
    const known = Object.keys(protocol.presets);
    throw new SpecError(
      'preset',
      `expected one of ${experiment.id} ${protocol.id} (${known.join(', ')}), got ${presetName}`,
    );
  }
  const seeds = options.seeds ?? preset.seeds;
  if (seeds.length === 0) throw new SpecError('seeds', `expected at least one seed for ${experiment.id}, got none`);
  const of = { experiment: experiment.id, protocol: protocol.id };
  const trials = trialResolver(preset.arms, options);
  const measurement = (arm: MeasurementArm, seed: number, from: readonly number[]): PlannedTask => {
    const ids = arm.of.flatMap((id) => from.map((each) => options.identify(trials(id, each))));
    const spec: MeasurementSpec = { kind: 'measurement', measure: arm.measure, of: ids, seed };
    return { ...of, kind: 'measurement', arm: arm.id, seed, id: options.identify(spec), spec };
  };
  const seedTasks = (seed: number): readonly PlannedTask[] => [
    ...preset.arms.flatMap(({ id: arm }) =>
      withTwins(trials(arm, seed), options.twins ?? 0).map(({ twin, spec }): PlannedTask => {
        const task = { ...of, kind: 'trial', arm, seed, id: options.identify(spec), spec } as const;
        return twin === 0 ? task : { ...task, twin };
      }),
    ),
    ...preset.measurements.filter((arm) => !arm.acrossSeeds).map((arm) => measurement(arm, seed, [seed])),
  ];
  const across = preset.measurements.filter((arm) => arm.acrossSeeds);
  return [...seeds.flatMap(seedTasks), ...across.map((arm) => measurement(arm, seeds[0]!, seeds))];
}

/** Gives the spec of an arm's trial from a seed, arms in it replaced by ids. */
function trialResolver(arms: readonly Arm[], { identify, change = (spec) => spec }: PlanOptions) {
  const resolved = new Map<string, TrialSpec>();
  const resolve = (id: string, seed: number, path: readonly string[] = []): TrialSpec => {
    const key = `${seed} ${id}`;
    const known = resolved.get(key);
    if (known !== undefined) return known;
    const arm = arms.find((candidate) => candidate.id === id);
    const names = arms.map((candidate) => candidate.id);
    if (arm === undefined) {
      throw new SpecError('arm', `expected one of ${names.join(', ')}, got "${id}"${didYouMean(id, names)}`);
    }
    if (path.includes(id)) throw new SpecError(`arm ${id}`, `expected no circle, got ${[...path, id].join(' <- ')}`);
    const idOf = (other: string): string => identify(resolve(other, seed, [...path, id]));
    const { init, ...rest } = arm.spec;
    const spec = change({ ...rest, ...(init && { init: withIds(init, idOf) }), seed });
    resolved.set(key, spec);
    return spec;
  };
  return resolve;
}

function withIds(init: InitSpec, idOf: (arm: string) => string): InitSpec {
  return init.kind === 'interpolated' ? { ...init, from: [idOf(init.from[0]), idOf(init.from[1])] } : init;
}

/** A trial and its rounding twins; one that starts from others' ends has none, as what it starts from is not drawn. */
function withTwins(spec: TrialSpec, twins: number): readonly { readonly twin: number; readonly spec: TrialSpec }[] {
  const { init = { kind: 'pytorch', skip: 0 } } = spec;
  const count = init.kind === 'pytorch' ? twins : 0;
  const nudged = (twin: number): TrialSpec =>
    init.kind === 'pytorch' ? { ...spec, init: { kind: 'nudged', skip: init.skip, twin } } : spec;
  return Array.from({ length: count + 1 }, (_, twin) => ({ twin, spec: twin === 0 ? spec : nudged(twin) }));
}
