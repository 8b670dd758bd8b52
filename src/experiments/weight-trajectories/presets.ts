import type { MeasurementArm, Protocol } from '../../study/experiment.js';
import type { PresetName } from '../../study/names.js';
import { presets } from '../../study/vocabulary/index.js';
import { armsOf, type Plan, sizes, words } from './arms.js';
import { movement } from './planes.js';

/** The presets of a plan, all from seed 1; what claims alone need is measured where they are judged. */
export const presetsOf = (
  names: readonly PresetName[],
  plan: Plan,
  measurements: readonly MeasurementArm[],
  judged: readonly MeasurementArm[] = [],
): Protocol['presets'] =>
  presets(Object.fromEntries(names.map((name) => [name, 1])), (name) => ({
    arms: armsOf(sizes[name], plan),
    measurements: [...measurements, ...(words[name].miniature ? [] : [movement]), ...(name === 'study' ? judged : [])],
    ...words[name],
  }));
