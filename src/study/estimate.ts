import { sum } from '../base/sum.js';
import { costOf, measurementCost, specsOf, type TaskCost, trialCost } from '../tasks/cost/cost.js';
import { typicalSeconds } from '../tasks/cost/typical-seconds.js';
import type { TaskSpec } from '../tasks/task.js';
import type { Arm, MeasurementArm, Preset } from './experiment.js';
import { twinsOf } from './twins.js';

/**
 * Share of its most epochs that a trial with a rule for having converged trains: the mean of the 520 fits of the study
 * presets (docs/results/tables), from 0.2 for sinc to 0.9 for the sign of the sine.
 */
const usualShareOfEpochs = 0.45;

/** How long a preset takes on one core of a usual machine, roughly, without running anything. In seconds. */
export function presetSeconds({ seeds, arms, measurements, twins = 0 }: Preset): number {
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
  const withTwins = (arm: Arm): number => (1 + twinsOf(arm, twins)) * trialSeconds(arm);
  return seeds.length * sum(arms.map(withTwins)) + sum(measurements.map(measured));
}

/** How long some tasks take on one core of a usual machine, each once, roughly, without running any. In seconds. */
export const tasksSeconds = (tasks: readonly PricedTask[]): number => sum(secondsOfEach(tasks));

/** A task as it is priced. */
interface PricedTask {
  readonly id: string;
  readonly spec: TaskSpec;
}

/** The same for each of them; 0 where nothing is known of what it measures. Shapes: [tasks] */
export function secondsOfEach(tasks: readonly PricedTask[]): number[] {
  const specOf = specsOf(tasks);
  return tasks.map((task) => {
    const cost = costOf(task, specOf);
    const mayEnd = task.spec.kind !== 'measurement' && task.spec.stop.converged;
    return cost === undefined ? 0 : typicalSeconds(cost) * (mayEnd ? usualShareOfEpochs : 1);
  });
}

const trialSeconds = ({ spec }: Arm): number =>
  typicalSeconds(trialCost(spec)) * (spec.stop.converged ? usualShareOfEpochs : 1);

const seconds = (costs: readonly TaskCost[]): number => sum(costs.map(typicalSeconds));
