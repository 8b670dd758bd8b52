import type { MetricRow } from '../engine/training/observations/index.js';
import type { TrialCheckpoint } from '../tasks/checkpoint.js';
import { needsOf } from '../tasks/task.js';
import { type PoolListener, type PoolOptions, runPool } from './pool.js';
import { startOrder } from './start-order.js';
import type { PartialTask, ResumePoint } from './store.js';
import type { Task, TaskOutcome, TaskProgress, TaskSummary } from './task.js';

/** What became of a task. `stored` was there before; `interrupted` was stopped, or not begun, as the caller wished. `fromStep`: where an earlier run's checkpoint was gone on with. */
export type TaskReport = { readonly id: string } & (
  | {
      readonly state: 'done' | 'stored';
      readonly summary: TaskSummary;
      readonly durationMs: number;
      readonly fromStep?: number;
    }
  | { readonly state: 'failed'; readonly reason: string }
  | { readonly state: 'interrupted' }
);

/** A record that keeps nothing. */
export const unrecorded: PartialTask = {
  append: () => {},
  checkpoint: () => {},
  finish: async () => {},
  leave: () => {},
};

/** Hears of tasks by their position in the list. */
export interface RunListener {
  /** In the order of the list, whatever the order in which tasks end. */
  reported?(index: number, report: TaskReport): void;
  progress?(index: number, progress: TaskProgress): void;
  rows?(index: number, rows: readonly MetricRow[]): void;
  /** The task's worker died of the reason; the task is started once more. */
  retried?(index: number, reason: string): void;
}

export interface RunOptions extends Omit<PoolOptions, 'listener'> {
  /** The report of a task that needs no run, as its result is known. */
  readonly known: (task: Task) => TaskReport | undefined;
  /** Whether there is a finished trial of this id that is none of the tasks. */
  readonly has: (id: string) => boolean;
  /** What each task costs, in any unit: those that would be waited for in the end begin first. Absent: all begin in the order of the list. */
  readonly work?: readonly number[];
  /** Begins the record of a task. */
  readonly begin: (task: Task) => PartialTask;
  readonly listener: RunListener;
}

/**
 * Runs those tasks whose results are not known, each after those that it needs, and records each; one that fails, by itself, by its worker (twice) or by its
 * record, fails those that need it and leaves the others alone. Of one that was interrupted, or whose worker or record failed, the last checkpoint is kept.
 * Reports come in the order of the tasks.
 */
export async function runTasks(tasks: readonly Task[], options: RunOptions): Promise<readonly TaskReport[]> {
  const board = reportBoard(tasks, options.listener);
  const reports = settledReports(tasks, options);
  reports.forEach((report, index) => {
    if (report) board.set(index, report);
  });
  const open = tasks.flatMap((_, index) => (reports[index] ? [] : [index]));
  const due = startOrder(open, options.work, options.workers).map((index) => ({ task: tasks[index]!, index }));
  const places = new Map(due.map(({ task }, place) => [task.id, place]));
  const recorders = due.map(({ task, index }) =>
    recorderOf(task, index, options, (report) => board.set(index, report)),
  );
  const listener: PoolListener = {
    started: (i) => recorders[i]!.start(),
    rows: (i, rows) => recorders[i]!.rows(rows),
    progress: (i, progress) => options.listener.progress?.(due[i]!.index, progress),
    checkpoint: (i, checkpoint, durationMs) => recorders[i]!.checkpoint(checkpoint, durationMs),
    done: (i, outcome, durationMs) => recorders[i]!.done(outcome, durationMs),
    failed: (i, reason) => recorders[i]!.failed(reason),
    retried: (i, reason) => {
      recorders[i]!.leave();
      options.listener.retried?.(due[i]!.index, reason);
    },
    blocked: (i, by) => recorders[i]!.failed(`it needs ${due[by]!.task.id.slice(0, 12)}, which has failed`),
  };
  await runPool(
    due.map(({ task: { spec } }) => ({ spec, after: needsOf(spec).flatMap((id) => places.get(id) ?? []) })),
    { ...options, listener },
  );
  return board.close();
}

/** Reports of the tasks that are not to be run: what is known, and what lacks a trial that nobody is to make. */
function settledReports(
  tasks: readonly Task[],
  { known, has }: Pick<RunOptions, 'known' | 'has'>,
): readonly (TaskReport | undefined)[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const found = new Map<string, TaskReport | undefined>();
  const settle = (task: Task): TaskReport | undefined => {
    if (!found.has(task.id)) found.set(task.id, known(task) ?? lacking(task));
    return found.get(task.id);
  };
  const lacking = ({ id, spec }: Task): TaskReport | undefined => {
    const need = needsOf(spec).find((needed) => {
      const other = byId.get(needed);
      return other ? settle(other)?.state === 'failed' : !has(needed);
    });
    if (need === undefined) return undefined;
    const why = byId.has(need) ? 'which cannot be run' : 'which is neither in the store nor in this run';
    return { id, state: 'failed', reason: `it needs trial ${need.slice(0, 12)}, ${why}` };
  };
  return tasks.map(settle);
}

/** Collects reports and passes them on in the order of the tasks. */
function reportBoard(tasks: readonly Task[], listener: RunListener) {
  const reports: (TaskReport | undefined)[] = tasks.map(() => undefined);
  let passed = 0;
  const passOn = (): void => {
    for (let report = reports[passed]; report !== undefined; report = reports[++passed])
      listener.reported?.(passed, report);
  };
  return {
    set(index: number, report: TaskReport): void {
      reports[index] = report;
      passOn();
    },
    close(): readonly TaskReport[] {
      tasks.forEach(({ id }, i) => {
        reports[i] ??= { id, state: 'interrupted' };
      });
      passOn();
      return reports as readonly TaskReport[];
    },
  };
}

/** Takes what the pool says of one task to its record, and makes the task's report. */
function recorderOf({ id, spec }: Task, index: number, options: RunOptions, report: (report: TaskReport) => void) {
  let partial: PartialTask | undefined;
  const leave = (): void => {
    try {
      partial?.leave();
    } catch {
      // A store that cannot be written any more: what is there stays, and the report says why the task ended.
    }
    partial = undefined;
  };
  const end = (last: TaskReport): void => {
    leave();
    report(last);
  };
  const failed = (reason: string): void =>
    end(options.isStopping() ? { id, state: 'interrupted' } : { id, state: 'failed', reason });
  return {
    leave,
    failed,
    start(): ResumePoint | undefined {
      partial = options.begin({ id, spec });
      return partial.from;
    },
    rows(rows: readonly MetricRow[]): void {
      options.listener.rows?.(index, rows);
      partial?.append(rows);
    },
    checkpoint: (checkpoint: TrialCheckpoint, durationMs: number): void => partial?.checkpoint(checkpoint, durationMs),
    /** Tells whether the outcome is kept. */
    async done(outcome: TaskOutcome, durationMs: number): Promise<boolean> {
      const summary = summaryOf(outcome);
      if ('status' in summary && summary.status === 'stopped') {
        end({ id, state: 'interrupted' });
        return false;
      }
      try {
        await partial?.finish(outcome, durationMs);
      } catch (error) {
        failed(messageOf(error));
        return false;
      }
      const fromStep = partial?.from?.checkpoint.train.step;
      report({ id, state: 'done', summary, durationMs, ...(fromStep !== undefined && { fromStep }) });
      return true;
    },
  };
}

function summaryOf(outcome: TaskOutcome): TaskSummary {
  return 'summary' in outcome ? outcome.summary : { values: outcome.result.values, hash: outcome.hash };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
