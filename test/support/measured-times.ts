import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { experiments } from '../../src/experiments/index.js';
import { planRuns } from '../../src/lab/plan-runs.js';
import { readJson } from '../../src/platform/node/files.js';
import type { PresetName } from '../../src/study/names.js';
import { costOf, specsOf } from '../../src/tasks/cost/cost.js';
import { typicalSeconds } from '../../src/tasks/cost/typical-seconds.js';
import type { TaskSpec } from '../../src/tasks/task.js';

/** A task of a plan: which arm of which experiment it is, and what it would take by the model of costs. */
export interface PlannedTask {
  readonly id: string;
  readonly spec: TaskSpec;
  readonly experiment: string;
  readonly arm: string;
  readonly typicalMs: number;
}

/** What a task took. */
export interface MeasuredTask extends Pick<PlannedTask, 'id' | 'experiment' | 'arm'> {
  readonly ms: number;
}

/** All tasks of a preset of every experiment, each once. */
export function plannedTasks(preset: PresetName): readonly PlannedTask[] {
  const chosen = experiments.map((experiment) => ({ experiment }));
  const runs = planRuns(chosen, { preset, protocol: 'all', twins: 0, settings: [] });
  const all = runs.flatMap(({ experiment, tasks }) =>
    tasks.map(({ id, spec, arm }) => ({ id, spec, arm, experiment: experiment.id })),
  );
  const specOf = specsOf(all);
  const each = new Map(all.map((task) => [task.id, task]));
  return [...each.values()].map((task) => ({ ...task, typicalMs: 1000 * typicalSeconds(costOf(task, specOf)!) }));
}

/** What those of some tasks took that are in a store. */
export function measuredTasks(store: string, tasks: readonly PlannedTask[]): readonly MeasuredTask[] {
  return tasks.flatMap(({ id, spec, experiment, arm }) => {
    const path = join(store, spec.kind === 'measurement' ? 'measurements' : 'trials', id, 'provenance.json');
    if (!existsSync(path)) return [];
    const { durationMs } = readJson(path) as { readonly durationMs: number };
    return [{ id, experiment, arm, ms: Math.round(durationMs) }];
  });
}

/** Finds what a task takes, by tasks that were measured: those of its arm, else of its experiment, else all. */
export function timesLike(
  measured: readonly MeasuredTask[],
  tasks: readonly PlannedTask[],
): (task: PlannedTask) => number {
  const planned = new Map(tasks.map((task) => [task.id, task]));
  const ratios = new Map<string, number[]>();
  for (const { id, experiment, arm, ms } of measured) {
    const task = planned.get(id);
    if (task === undefined) continue;
    const kind = kindOf(task);
    for (const key of [`${experiment} ${arm}`, `${experiment} ${kind}`, kind]) {
      ratios.set(key, [...(ratios.get(key) ?? []), ms / task.typicalMs]);
    }
  }
  return (task) => {
    const { experiment, arm, typicalMs } = task;
    const keys = [`${experiment} ${arm}`, `${experiment} ${kindOf(task)}`, kindOf(task)];
    const found = keys.map((key) => ratios.get(key)).find((each) => each !== undefined);
    if (found === undefined) throw new Error(`${experiment} ${arm}: expected a time of something like it, got none`);
    return typicalMs * median(found);
  };
}

const kindOf = ({ spec }: PlannedTask): string => (spec.kind === 'measurement' ? 'measurement' : 'trial');

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
