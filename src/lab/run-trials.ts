import type { TrainProgress } from '../engine/index.js';
import type { MetricRow } from '../engine/train-spec.js';
import type { TrialOutcome } from '../trials/run-trial.js';
import type { TrialSummary } from '../trials/trial-result.js';
import type { TrialSpec } from '../trials/trial-spec.js';
import { type PoolListener, type PoolOptions, runPool } from './pool.js';
import type { PartialTrial } from './store.js';

/** A trial to run, under its id. */
export interface TrialTask {
  readonly id: string;
  readonly spec: TrialSpec;
}

/** What became of a task. `stored` was there before; `interrupted` was stopped, or not begun, as the caller wished. */
export type TrialReport = { readonly id: string } & (
  | { readonly state: 'done' | 'stored'; readonly summary: TrialSummary; readonly durationMs: number }
  | { readonly state: 'failed'; readonly reason: string }
  | { readonly state: 'interrupted' }
);

/** Hears of tasks by their position in the list. */
export interface RunListener {
  /** In the order of the list, whatever the order in which tasks end. */
  reported?(index: number, report: TrialReport): void;
  progress?(index: number, progress: TrainProgress): void;
  rows?(index: number, rows: readonly MetricRow[]): void;
}

export interface RunOptions extends Omit<PoolOptions, 'listener'> {
  /** The report of a task that needs no run, as its result is known. */
  readonly known: (task: TrialTask) => TrialReport | undefined;
  /** Begins the record of a task. */
  readonly begin: (task: TrialTask) => PartialTrial;
  readonly listener: RunListener;
}

/**
 * Runs those tasks whose results are not known, and records each; one that fails, by itself, by its worker or by its record, leaves the others alone.
 * Reports come in the order of the tasks.
 */
export async function runTrials(tasks: readonly TrialTask[], options: RunOptions): Promise<readonly TrialReport[]> {
  const board = reportBoard(tasks, options.listener);
  const due = tasks.flatMap((task, index) => {
    const report = options.known(task);
    if (report) board.set(index, report);
    return report ? [] : [{ task, index }];
  });
  const recorders = due.map(({ task, index }) =>
    recorderOf(task, index, options, (report) => board.set(index, report)),
  );
  const listener: PoolListener = {
    started: (i) => recorders[i]?.start(),
    rows: (i, rows) => recorders[i]?.rows(rows),
    progress: (i, progress) => options.listener.progress?.(due[i]!.index, progress),
    done: (i, outcome, durationMs) => recorders[i]?.done(outcome, durationMs),
    failed: (i, reason) => recorders[i]?.failed(reason),
  };
  await runPool(
    due.map(({ task }) => task.spec),
    { ...options, listener },
  );
  await Promise.all(recorders.map((recorder) => recorder.settled()));
  return board.close();
}

/** Collects reports and passes them on in the order of the tasks. */
function reportBoard(tasks: readonly TrialTask[], listener: RunListener) {
  const reports: (TrialReport | undefined)[] = tasks.map(() => undefined);
  let passed = 0;
  const passOn = (): void => {
    for (let report = reports[passed]; report !== undefined; report = reports[++passed])
      listener.reported?.(passed, report);
  };
  return {
    set(index: number, report: TrialReport): void {
      reports[index] = report;
      passOn();
    },
    close(): readonly TrialReport[] {
      tasks.forEach(({ id }, i) => {
        reports[i] ??= { id, state: 'interrupted' };
      });
      passOn();
      return reports as readonly TrialReport[];
    },
  };
}

/** Takes what the pool says of one task to its record, and makes the task's report. */
function recorderOf(
  { id, spec }: TrialTask,
  index: number,
  options: RunOptions,
  report: (report: TrialReport) => void,
) {
  let partial: PartialTrial | undefined;
  let problem: string | undefined;
  let finishing = Promise.resolve();
  const attempt = (action: () => void): void => {
    try {
      if (problem === undefined) action();
    } catch (error) {
      problem = messageOf(error);
    }
  };
  const end = (last: TrialReport): void => {
    attempt(() => partial?.discard());
    report(last);
  };
  const failed = (reason: string): void =>
    end(options.isStopping() ? { id, state: 'interrupted' } : { id, state: 'failed', reason });
  const finish = async (outcome: TrialOutcome, durationMs: number): Promise<void> => {
    try {
      await partial?.finish(outcome, durationMs);
      report({ id, state: 'done', summary: outcome.summary, durationMs });
    } catch (error) {
      failed(messageOf(error));
    }
  };
  return {
    start: () =>
      attempt(() => {
        partial = options.begin({ id, spec });
      }),
    rows: (rows: readonly MetricRow[]) => {
      options.listener.rows?.(index, rows);
      attempt(() => partial?.append(rows));
    },
    done: (outcome: TrialOutcome, durationMs: number) => {
      if (outcome.summary.status === 'stopped') end({ id, state: 'interrupted' });
      else if (problem !== undefined) failed(problem);
      else finishing = finish(outcome, durationMs);
    },
    failed,
    settled: () => finishing,
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
