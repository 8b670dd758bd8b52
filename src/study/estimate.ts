import { measurementCost, type TaskCost, trialCost } from '../tasks/cost.js';
import { typicalSeconds } from '../tasks/typical-seconds.js';
import type { MeasurementArm, Preset } from './experiment.js';

/** How long a preset takes on one core of a usual machine, roughly, without running anything. In seconds. */
export function presetSeconds({ seeds, arms, measurements }: Preset): number {
  const specs = new Map(arms.map(({ id, spec }) => [id, spec]));
  const measured = ({ measure, of, acrossSeeds }: MeasurementArm): number => {
    const trials = of.flatMap((id) => specs.get(id) ?? []);
    if (!acrossSeeds) return seeds.length * seconds([measurementCost(measure, trials)]);
    return seconds([
      measurementCost(
        measure,
        trials.flatMap((trial) => seeds.map(() => trial)),
      ),
    ]);
  };
  return seeds.length * seconds(arms.map(({ spec }) => trialCost(spec))) + sum(measurements.map(measured));
}

const seconds = (costs: readonly TaskCost[]): number => sum(costs.map(typicalSeconds));
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
