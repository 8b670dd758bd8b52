import { summaryOf, type TaskEvent, type TaskEventOf, type TaskReport } from '../tasks/task-event.js';
import type { PartialTask, ResumePoint } from './store.js';
import type { Task } from './task.js';

/** Records one task as it runs. */
export interface TaskRecorder {
  /** Starts the record, or resumes an earlier one. @throws if it cannot be written */
  resume(): ResumePoint | undefined;
  /** Writes what an event says. @throws if it cannot be written */
  record(event: TaskEvent): void;
  /** Writes the outcome, and reports; resolves to whether it is kept. */
  keep(done: TaskEventOf<'done' | 'published'>): Promise<boolean>;
  /** Ends the record without an outcome, for a reason, and reports. */
  fail(reason: string): void;
}

/** What a recorder needs beside its task. */
export interface RecorderOptions {
  /** Starts the record of a task. */
  readonly begin: (task: Task) => PartialTask;
  /** Once true, what fails is interrupted. */
  readonly isStopping: () => boolean;
  readonly onReport: (report: TaskReport) => void;
}

/** A recorder of one task, which makes its report as well. */
export function createTaskRecorder(task: Task, { begin, isStopping, onReport }: RecorderOptions): TaskRecorder {
  const { id } = task;
  let partial: PartialTask | undefined;
  const leave = (): void => {
    leaveQuietly(partial);
    partial = undefined;
  };
  const end = (report: TaskReport): void => {
    leave();
    onReport(report);
  };
  const fail = (reason: string): void =>
    end(isStopping() ? { id, state: 'interrupted' } : { id, state: 'failed', reason });
  return {
    fail,
    resume() {
      partial = begin(task);
      return partial.from;
    },
    record(event) {
      if (event.kind === 'rows') partial?.append(event.rows);
      else if (event.kind === 'checkpoint') partial?.checkpoint(event.checkpoint, event.durationMs);
      else if (event.kind === 'retried') leave();
    },
    async keep(done) {
      if (done.kind === 'published') {
        const { kind: _, ...report } = done;
        onReport({ id, state: 'done', ...report });
        return true;
      }
      const { outcome, durationMs } = done;
      const summary = summaryOf(outcome);
      if ('status' in summary && summary.status === 'stopped') {
        end({ id, state: 'interrupted' });
        return false;
      }
      try {
        await partial?.finish(outcome, durationMs);
      } catch (error) {
        fail(error instanceof Error ? error.message : String(error));
        return false;
      }
      const fromStep = partial?.from?.checkpoint.train.step;
      onReport({ id, state: 'done', summary, durationMs, ...(fromStep !== undefined && { fromStep }) });
      return true;
    },
  };
}

function leaveQuietly(partial: PartialTask | undefined): void {
  try {
    partial?.leave();
  } catch {
    // A store that cannot be written any more: what is there stays, and the report says why the task ended.
  }
}

/** A record that keeps nothing. */
export const unrecorded: PartialTask = {
  append: () => {},
  checkpoint: () => {},
  finish: async () => {},
  leave: () => {},
};
