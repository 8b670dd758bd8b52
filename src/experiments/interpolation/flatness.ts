import type { Arm, MeasurementArm, Quantity } from '../../study/experiment.js';
import type { PresetName } from '../../study/names.js';
import { quantity, value } from '../../study/vocabulary/index.js';

/** How flat the loss is at the ends. */

const efforts = {
  smoke: { samples: 50, products: 4 },
  quick: { samples: 200, products: 10 },
  report: { samples: 1000, products: 30 },
  study: { samples: 1000, products: 30 },
} as const;

/** Of sharpness and of curvature, behind the ids of the ends. */
export const suffixes = { sharpness: '-sharpness', curvature: '-curvature' } as const;

/**
 * Sharpness and curvature at the ends, over the first training images. A smoke preset looks at one end alone: sharpness
 * takes seconds however few images there are.
 */
export function flatnessOf(ends: readonly Arm[], name: PresetName): readonly MeasurementArm[] {
  const { samples, products } = efforts[name];
  return (name === 'smoke' ? ends.slice(0, 1) : ends).flatMap(({ id, label }): MeasurementArm[] => [
    {
      id: `${id}${suffixes.sharpness}`,
      label,
      measure: { name: 'sharpness', epsilon: 1e-3, samples },
      of: [id],
    },
    { id: `${id}${suffixes.curvature}`, label, measure: { name: 'curvature', samples, products }, of: [id] },
  ]);
}

const values = [
  ['sharpness', 'Epsilon-sharpness (Keskar et al. 2017)', suffixes.sharpness, 3],
  ['adaptiveSharpness', 'The same, adaptive: blind to a change of units', suffixes.sharpness, 5],
  ['lambdaMax', 'Largest eigenvalue of the Hessian', suffixes.curvature, 2],
  ['trace', 'Trace of the Hessian', suffixes.curvature, 1],
] as const;

/** The numbers of these measurements. */
export const flatnessQuantities = (ends: readonly string[]): readonly Quantity[] =>
  values.map(([name, label, suffix, decimals]) =>
    quantity({ id: name, label, reading: value(name), arms: ends.map((id) => `${id}${suffix}`), decimals }),
  );
