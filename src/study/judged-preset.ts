import { SpecError } from '../base/errors.js';
import type { Arm, MeasurementArm, Preset, Protocol } from './experiment.js';

/**
 * The preset whose sizes claims are judged at: `study`, else `report`. Undefined where a protocol has none, or it is a
 * miniature, as size is part of what is claimed.
 */
export function judgedPreset({ presets }: Protocol): Preset | undefined {
  const preset = presets.study ?? presets.report;
  return preset?.miniature ? undefined : preset;
}

/**
 * A preset with some of its arms, and those that they are made from, alone.
 * @throws SpecError if it has no arm of a name, or one goes across seeds, so that it is no unit
 */
export function presetOfArms(preset: Preset, ids: readonly string[]): Preset {
  const all = new Map<string, Arm | MeasurementArm>(
    [...preset.arms, ...preset.measurements].map((arm) => [arm.id, arm]),
  );
  const wanted = new Set<string>();
  const add = (id: string): void => {
    const arm = all.get(id);
    if (arm === undefined) throw new SpecError(`arm ${id}`, `expected one of ${[...all.keys()].join(', ')}`);
    if ('acrossSeeds' in arm && arm.acrossSeeds)
      throw new SpecError(`arm ${id}`, 'expected one of each seed by itself');
    if (wanted.has(id)) return;
    wanted.add(id);
    for (const other of madeFrom(arm)) add(other);
  };
  for (const id of ids) add(id);
  return {
    ...preset,
    arms: preset.arms.filter(({ id }) => wanted.has(id)),
    measurements: preset.measurements.filter(({ id }) => wanted.has(id)),
  };
}

function madeFrom(arm: Arm | MeasurementArm): readonly string[] {
  if ('of' in arm) return arm.of;
  const { init } = arm.spec;
  return init?.kind === 'interpolated' ? init.from : [];
}
