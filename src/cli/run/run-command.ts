import { availableParallelism } from 'node:os';
import type { Task } from '../../lab/task.js';
import { lockStore } from '../../platform/node/store/lock/store-lock.js';
import { openStore } from '../../platform/node/store/store.js';
import type { PresetName } from '../../study/names.js';
import type { PlannedTask } from '../../study/plan.js';
import { parseSetting } from '../../tasks/settings.js';
import { columnLines, counted, duration, print } from '../text.js';
import { chooseExperiments } from './choose-experiments.js';
import type { ProtocolChoice } from './presets.js';
import { type PlannedRun, planRuns, runRecord, tasksToRun } from './run-plan.js';
import { runAndShow } from './run-tasks.js';

/** Options of `descent run`, as parsed. */
export interface RunCommandOptions {
  readonly preset: PresetName;
  readonly protocol: ProtocolChoice;
  readonly seeds?: readonly number[];
  readonly twins?: number;
  readonly workers?: number;
  readonly store: string;
  readonly data?: string;
  /** In seconds. */
  readonly checkpointEvery?: number;
  readonly set: readonly string[];
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Runs the chosen experiments and records which tasks belong together. Returns the exit code. */
export async function runCommand(names: readonly string[], options: RunCommandOptions): Promise<number> {
  const { preset, protocol, seeds, twins = 0, set, data, checkpointEvery, json = false } = options;
  const { workers = availableParallelism() } = options;
  const settings = set.map(parseSetting);
  const runs = planRuns(await chooseExperiments(names), { preset, protocol, twins, settings, ...(seeds && { seeds }) });
  const tasks = tasksToRun(runs);
  const store = openStore(options.store);
  if (options.dryRun) {
    await printPlan(runs, tasks, { workers, json });
    return 0;
  }
  const lock = lockStore(store.path);
  try {
    store.removeAbandoned();
    const records = runs.map((run) => runRecord(run, preset, set));
    for (const record of records) store.writeRun(record);
    const code = await runAndShow(tasks, labelsOf(tasks, runs), store, {
      workers,
      dataDir: data,
      checkpointEvery,
      json,
    });
    if (code === 0) for (const record of records) store.writeRun({ ...record, finished: true });
    return code;
  } finally {
    lock.release();
  }
}

async function printPlan(
  runs: readonly PlannedRun[],
  tasks: readonly Task[],
  { workers, json }: { readonly workers: number; readonly json: boolean },
): Promise<void> {
  const planned = runs.flatMap((run) => run.tasks);
  if (json) {
    print(...planned.map((task) => JSON.stringify(task)));
    return;
  }
  print(...columnLines(planned.map((task) => [task.id.slice(0, 12), ...labelOf(task)])));
  const { estimateMs } = await import('../../platform/node/machine/estimate.js');
  const ms = await estimateMs(tasks, workers);
  print(`${counted(tasks.length, 'task')}, at most about ${duration(ms)} on ${counted(workers, 'worker')}`);
}

const labelOf = (task: PlannedTask): readonly string[] => [
  task.experiment,
  task.protocol,
  task.arm,
  `seed ${task.seed}${'twin' in task && task.twin !== undefined ? ` twin ${task.twin}` : ''}`,
];

function labelsOf(tasks: readonly Task[], runs: readonly PlannedRun[]): readonly string[] {
  const first = new Map(
    runs
      .flatMap((run) => run.tasks)
      .map((task) => [task.id, task] as const)
      .toReversed(),
  );
  return columnLines(tasks.map(({ id }) => labelOf(first.get(id)!)));
}
