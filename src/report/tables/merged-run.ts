import type { ReportMeasurement, ReportRun, ReportTrial } from './run.js';

/**
 * Runs of one protocol in several presets as one: the tasks of the first, and those of the others whose arm is the same
 * in every size. Of a task that is in several, one is taken.
 */
export function mergedRun(runs: readonly ReportRun[]): ReportRun {
  const first = runs[0]!;
  const isSame = new Map(runs.map((run) => [run, sameArms(first, run)]));
  const union = <T extends ReportTrial | ReportMeasurement>(
    tasksIn: (run: ReportRun) => readonly T[],
  ): readonly T[] => {
    const own = runs.flatMap((run) => tasksIn(run).filter(({ arm }) => isSame.get(run)?.has(arm.id)));
    return [...new Map(own.map((task) => [task.id, task])).values()];
  };
  return {
    ...first,
    trials: union(({ trials }) => trials),
    twins: union(({ twins }) => twins),
    measurements: union(({ measurements }) => measurements),
    twinMeasurements: union(({ twinMeasurements }) => twinMeasurements),
  };
}

/** Ids of the arms that two runs have alike; of measurements those that are of such arms. */
function sameArms(a: ReportRun, b: ReportRun): ReadonlySet<string> {
  const isIn = (list: readonly { readonly id: string }[], arm: { readonly id: string }): boolean =>
    JSON.stringify(list.find(({ id }) => id === arm.id)) === JSON.stringify(arm);
  const trials = b.preset.arms.filter((arm) => isIn(a.preset.arms, arm)).map(({ id }) => id);
  const measurements = b.preset.measurements.filter(
    (arm) => isIn(a.preset.measurements, arm) && arm.of.every((id) => trials.includes(id)),
  );
  return new Set([...trials, ...measurements.map(({ id }) => id)]);
}
