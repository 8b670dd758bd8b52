import { availableParallelism } from 'node:os';
import type { Experiment, PresetName } from '../experiments/experiment.js';
import type { TrialTask } from '../lab/run-trials.js';
import { openStore } from '../platform/node/store.js';
import { parseSetting } from '../trials/settings.js';
import { chooseExperiments } from './choose-experiments.js';
import { type IdentifiedTrial, planTrials, tasksOf } from './run-plan.js';
import { runTasks } from './run-tasks.js';
import { columnLines, counted, duration, print } from './text.js';

export interface RunCommandOptions {
  readonly preset: PresetName;
  readonly seeds?: readonly number[];
  readonly workers?: number;
  readonly store: string;
  readonly data?: string;
  readonly set: readonly string[];
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Runs the chosen experiments and records which trials belong together. Gives the exit code. */
export async function runCommand(ids: readonly string[], options: RunCommandOptions): Promise<number> {
  const { preset, seeds, set, data, json = false, workers = availableParallelism() } = options;
  const chosen = chooseExperiments(ids);
  const trials = planTrials(chosen, preset, seeds, set.map(parseSetting));
  const tasks = tasksOf(trials);
  if (options.dryRun) {
    printPlan(trials, estimateMs(chosen, options) / Math.min(workers, tasks.length), json);
    return 0;
  }
  const store = openStore(options.store);
  store.removeAbandoned();
  for (const { id } of chosen) {
    const own = trials.filter((trial) => trial.experiment === id);
    store.writeRun({
      experiment: id,
      preset,
      settings: set,
      trials: own.map(({ arm, seed, id }) => ({ arm, seed, id })),
    });
  }
  return runTasks(tasks, labelsOf(tasks, trials), store, { workers, dataDir: data, json });
}

/** On one worker, from the presets' own estimates. */
function estimateMs(chosen: readonly Experiment[], { preset, seeds }: RunCommandOptions): number {
  return chosen.reduce((total, { presets }) => {
    const { estimatedSeconds, seeds: own } = presets[preset];
    return total + (estimatedSeconds * 1000 * (seeds ?? own).length) / own.length;
  }, 0);
}

function printPlan(trials: readonly IdentifiedTrial[], ms: number, json: boolean): void {
  if (json) {
    for (const { experiment, arm, seed, id, spec } of trials)
      print(JSON.stringify({ experiment, arm, seed, id, spec }));
    return;
  }
  const rows = trials.map(({ experiment, arm, seed, id }) => [id.slice(0, 12), experiment, arm, `seed ${seed}`]);
  print(...columnLines(rows), `${counted(trials.length, 'trial')}, about ${duration(ms)}`);
}

function labelsOf(tasks: readonly TrialTask[], trials: readonly IdentifiedTrial[]): readonly string[] {
  const rows = tasks.map(({ id }) => {
    const trial = trials.find((candidate) => candidate.id === id)!;
    return [trial.experiment, trial.arm, `seed ${trial.seed}`];
  });
  return columnLines(rows);
}
