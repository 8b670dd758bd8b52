import type { Arm, MeasurementArm, Protocol } from '../../study/experiment.js';
import type { PresetName } from '../../study/names.js';
import { presets } from '../../study/vocabulary/index.js';
import { armsOf, type Plan, sizes, words } from './arms.js';
import { movement } from './planes.js';

/** What one preset has beside the runs of the others and what is measured of them. */
export interface More {
  readonly arms?: readonly Arm[];
  readonly measurements?: readonly MeasurementArm[];
  readonly twins?: number;
}

/** The presets of a plan, all from seed 1. */
export const presetsOf = (
  names: readonly PresetName[],
  plan: Plan,
  measurements: readonly MeasurementArm[],
  more: Readonly<Partial<Record<PresetName, More>>> = {},
): Protocol['presets'] =>
  presets(Object.fromEntries(names.map((name) => [name, 1])), (name) => {
    const { arms = [], measurements: others = [], twins } = more[name] ?? {};
    return {
      arms: [...armsOf(sizes[name], plan), ...arms],
      measurements: [...measurements, ...(words[name].miniature ? [] : [movement]), ...others],
      ...(twins !== undefined && { twins }),
      ...words[name],
    };
  });
