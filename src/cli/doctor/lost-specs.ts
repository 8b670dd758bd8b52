import { join } from 'node:path';
import { planRuns } from '../../lab/plan-runs.js';
import type { RunRecord } from '../../lab/record.js';
import { idOf, type Task } from '../../lab/task.js';
import { readJson } from '../../platform/node/files.js';
import type { StoreCheck } from '../../platform/node/store/check/check-store.js';
import { taskFiles } from '../../platform/node/store/task-files.js';
import { parseSetting } from '../../tasks/settings.js';
import { needsOf, parseTaskSpec, type TaskSpec } from '../../tasks/task.js';
import { chooseExperiments } from '../run/choose-experiments.js';
import { parsePreset, parseProtocol } from '../run/presets.js';
import { seedsOf, twinsOf } from './store-findings.js';

/**
 * Tasks of a store that are damaged or lost: those that can be run again, what these need among them, and ids of the
 * others.
 */
export interface LostTasks {
  readonly tasks: readonly Task[];
  readonly unknown: readonly string[];
}

/**
 * Finds the spec of each damaged or lost task: its own if that still has its id, else from the plan of a run that names
 * it.
 */
export async function findLostTasks({ damaged, lost, runs, sound }: StoreCheck): Promise<LostTasks> {
  const own = new Map(damaged.flatMap(({ id, folder }) => ownSpec(id, folder)));
  const wanted = [...damaged, ...lost].map(({ id }) => id);
  let planned: ReadonlyMap<string, TaskSpec> | undefined;
  const specOf = async (id: string): Promise<TaskSpec | undefined> => {
    if (own.has(id)) return own.get(id);
    planned ??= await plannedSpecs(runs.map(({ run }) => run));
    return planned.get(id);
  };
  const whole = new Set(sound.map(({ id }) => id));
  const tasks = new Map<string, Task>();
  const unknown = new Set<string>();
  for (let id = wanted.pop(); id !== undefined; id = wanted.pop()) {
    if (whole.has(id) || tasks.has(id)) continue;
    const spec = await specOf(id);
    if (spec === undefined) unknown.add(id);
    else {
      tasks.set(id, { id, spec });
      wanted.push(...needsOf(spec));
    }
  }
  return { tasks: [...tasks.values()].toReversed(), unknown: [...unknown] };
}

function ownSpec(id: string, folder: string): readonly (readonly [string, TaskSpec])[] {
  try {
    const spec = parseTaskSpec(readJson(join(folder, taskFiles.spec)));
    return idOf(spec) === id ? [[id, spec]] : [];
  } catch {
    return [];
  }
}

async function plannedSpecs(runs: readonly RunRecord[]): Promise<ReadonlyMap<string, TaskSpec>> {
  const specs = new Map<string, TaskSpec>();
  for (const run of runs) for (const { id, spec } of await planOf(run)) specs.set(id, spec);
  return specs;
}

async function planOf(run: RunRecord): Promise<readonly Task[]> {
  try {
    const chosen = await chooseExperiments([run.source ?? run.experiment]);
    const plans = planRuns(chosen, {
      preset: parsePreset(run.preset),
      protocol: parseProtocol(run.protocol),
      seeds: seedsOf(run),
      twins: twinsOf(run),
      settings: run.settings.map(parseSetting),
    });
    return plans.flatMap(({ tasks }) => tasks);
  } catch {
    // An experiment of the user's own may be gone, or another one by now: its tasks are reported as not known.
    return [];
  }
}
