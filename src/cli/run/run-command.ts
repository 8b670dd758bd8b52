import { availableParallelism } from 'node:os';
import { counted } from '../../base/counted.js';
import { type PlannedRun, planRuns, runRecord, tasksToRun } from '../../lab/plan-runs.js';
import type { RunRecord } from '../../lab/record.js';
import { type Shard, shardOf } from '../../lab/shard.js';
import type { Store } from '../../lab/store.js';
import type { Task } from '../../lab/task.js';
import { lockStore } from '../../platform/node/store/lock/store-lock.js';
import { openStore } from '../../platform/node/store/store.js';
import type { PresetName } from '../../study/names.js';
import type { PlannedTask } from '../../study/plan.js';
import { parseSetting } from '../../tasks/settings.js';
import { chosenFleet, type FleetOptions } from '../fleet/chosen-fleet.js';
import { columnLines, duration, print } from '../text.js';
import { chooseExperiments } from './choose-experiments.js';
import type { ProtocolChoice } from './presets.js';
import { type RunTasksOptions, runAndShow } from './run-and-show.js';
import { runOutput } from './run-output.js';

/** Options of `descent run`, as parsed. */
export interface RunCommandOptions extends FleetOptions {
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
  /** Only these of all tasks. */
  readonly shard?: Shard;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Runs the chosen experiments and records which tasks belong together. Returns the exit code. */
export async function runCommand(names: readonly string[], options: RunCommandOptions): Promise<number> {
  const { preset, protocol, seeds, twins, set, shard, dryRun = false, json = false } = options;
  const settings = set.map(parseSetting);
  const runs = planRuns(await chooseExperiments(names), {
    preset,
    protocol,
    settings,
    ...(seeds && { seeds }),
    ...(twins !== undefined && { twins }),
  });
  const all = tasksToRun(runs);
  const tasks = shard ? shardOf(all, shard) : all;
  if (dryRun) {
    await printPlan(runs, tasks, { workers: workersOf(options), json });
    return 0;
  }
  return runPlanned(runs, tasks, { ...options, openOutput: () => runOutput(tasks, labelsOf(tasks, runs), json) });
}

/** How many workers are asked for; one for each core by default. */
export const workersOf = ({ workers }: Pick<RunCommandOptions, 'workers'>): number => workers ?? availableParallelism();

/** Runs the tasks of some planned runs and records which belong together. Returns the exit code. */
export async function runPlanned(
  runs: readonly PlannedRun[],
  tasks: readonly Task[],
  options: FleetOptions &
    Pick<RunCommandOptions, 'preset' | 'set' | 'workers' | 'store' | 'data' | 'checkpointEvery' | 'json'> &
    Pick<RunTasksOptions, 'openOutput'>,
): Promise<number> {
  const { preset, set, data, checkpointEvery, json = false, openOutput } = options;
  const store = openStore(options.store);
  const fleet = await chosenFleet(options, store);
  const lock = lockStore(store.path);
  try {
    store.removeAbandoned();
    const records = runs.map((run) => runRecord(run, preset, set));
    for (const record of records) store.writeRun(record);
    const code = await runAndShow(tasks, store, {
      workers: workersOf(options),
      dataDir: data,
      checkpointEvery,
      json,
      openOutput,
      ...(fleet && { fleet }),
    });
    if (code === 0)
      for (const record of records) if (isWhole(record, store)) store.writeRun({ ...record, finished: true });
    return code;
  } finally {
    lock.release();
  }
}

/** Of a run in shards only the last may find all tasks there. */
const isWhole = ({ trials, measurements }: RunRecord, store: Store): boolean =>
  [...trials, ...measurements].every(({ id }) => store.has(id));

async function printPlan(
  runs: readonly PlannedRun[],
  tasks: readonly Task[],
  { workers, json }: { readonly workers: number; readonly json: boolean },
): Promise<void> {
  const ids = new Set(tasks.map(({ id }) => id));
  const planned = runs.flatMap((run) => run.tasks).filter(({ id }) => ids.has(id));
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

/** Names each task for people, in columns. */
export function labelsOf(tasks: readonly Task[], runs: readonly PlannedRun[]): readonly string[] {
  const first = new Map(
    runs
      .flatMap((run) => run.tasks)
      .map((task) => [task.id, task] as const)
      .toReversed(),
  );
  return columnLines(tasks.map(({ id }) => labelOf(first.get(id)!)));
}
