import { measurementCost, trialCost } from '../tasks/cost.js';
import { typicalSeconds } from '../tasks/typical-seconds.js';
import type { Arm, MeasurementArm, Preset } from './experiment.js';

/** Completes a preset with its rough cost: all its trials to their last epoch and all its measurements, from all its seeds. */
export function preset(parts: Omit<Preset, 'estimatedSeconds' | 'measurements'> & Partial<Preset>): Preset {
  const { seeds, arms, measurements = [] } = parts;
  const trials = arms.reduce((sum, { spec }) => sum + typicalSeconds(trialCost(spec)), 0);
  const measured = measurements.reduce((sum, arm) => sum + measurementSeconds(arm, arms), 0);
  return { ...parts, measurements, estimatedSeconds: Number((seeds.length * (trials + measured)).toPrecision(2)) };
}

function measurementSeconds({ measure, of }: MeasurementArm, arms: readonly Arm[]): number {
  const measured = of.flatMap((id) => arms.find((arm) => arm.id === id)?.spec ?? []);
  return typicalSeconds(measurementCost(measure, measured));
}
