import type { TaskReport } from '../tasks/task-event.js';
import type { Task } from './task.js';

/** Reports of tasks, passed on in the order of the tasks, whatever the order in which they end. */
export interface ReportBoard {
  /** A report that takes the place of one that was passed on is passed on at once. */
  set(index: number, report: TaskReport): void;
  /** All reports; a task without one was interrupted. */
  close(): readonly TaskReport[];
}

/** An empty board; `onReport` is called for each report as soon as those before it are there. */
export function createReportBoard(
  tasks: readonly Task[],
  onReport: (index: number, report: TaskReport) => void,
): ReportBoard {
  const reports: (TaskReport | undefined)[] = tasks.map(() => undefined);
  let passed = 0;
  const passOn = (): void => {
    for (let report = reports[passed]; report !== undefined; report = reports[++passed]) onReport(passed, report);
  };
  return {
    set(index, report) {
      reports[index] = report;
      if (index < passed) onReport(index, report);
      else passOn();
    },
    close() {
      tasks.forEach(({ id }, i) => {
        reports[i] ??= { id, state: 'interrupted' };
      });
      passOn();
      return reports as readonly TaskReport[];
    },
  };
}
