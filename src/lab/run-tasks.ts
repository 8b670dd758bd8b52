import { needsOf } from '../tasks/task.js';
import type { TaskEventOf, TaskReport } from '../tasks/task-event.js';
import type { QueueOptions, RunQueue, TaskListener } from './pool.js';
import { createReportBoard } from './report-board.js';
import { type KnownResults, settledReports } from './settled-reports.js';
import { startOrder } from './start-order.js';
import type { Task } from './task.js';
import { createTaskRecorder, type RecorderOptions } from './task-recorder.js';

/**
 * What a run emits: events of tasks as they come, and the report of each in the order of the list, whatever the order
 * in which tasks end.
 */
export type RunEvent = TaskEventOf<'rows' | 'progress' | 'checkpoint' | 'retried' | 'reported'>;

/** Listens to a run; `index` is a task's position in the list. */
export type RunListener = (index: number, event: RunEvent) => void;

/** How tasks run and are recorded. */
export interface RunOptions extends Omit<QueueOptions, 'listener'>, KnownResults, Pick<RecorderOptions, 'begin'> {
  /** What runs the tasks: a pool of workers here, or a fleet of machines. */
  readonly runQueue: RunQueue;
  /** How many workers there are at most. */
  readonly workers: number;
  /**
   * What each task costs, in any unit: those that would be waited for in the end start first. Absent: all start in the
   * order of the list.
   */
  readonly work?: readonly number[];
  readonly listener?: RunListener;
}

/**
 * Runs those tasks whose results are not known, each after those that it needs, and records each; one that fails, by
 * itself, by its worker (twice) or by its record, fails those that need it and leaves the others alone. Of one that was
 * interrupted, or whose worker or record failed, the last checkpoint is kept.
 */
export async function runTasks(tasks: readonly Task[], options: RunOptions): Promise<readonly TaskReport[]> {
  const { listener = () => {}, work, workers } = options;
  const board = createReportBoard(tasks, (index, report) => listener(index, { kind: 'reported', report }));
  const reports = settledReports(tasks, options);
  reports.forEach((report, index) => {
    if (report) board.set(index, report);
  });
  const open = tasks.flatMap((_, index) => (reports[index] ? [] : [index]));
  const due = startOrder(open, work, workers);
  const places = new Map(due.map((index, place) => [tasks[index]!.id, place]));
  const queue = due.map((index) => {
    const { spec } = tasks[index]!;
    return { spec, after: needsOf(spec).flatMap((id) => places.get(id) ?? []) };
  });
  await options.runQueue(queue, {
    isStopping: options.isStopping,
    terminate: options.terminate,
    listener: recordingListener(
      due.map((index) => tasks[index]!),
      { ...options, onReport: (place, report) => board.set(due[place]!, report) },
      (place, event) => listener(due[place]!, event),
    ),
  });
  return board.close();
}

type RecordingOptions = Pick<RunOptions, 'begin' | 'isStopping'> & {
  readonly onReport: (place: number, report: TaskReport) => void;
};

/** Takes what the pool says of each task to the task's record, and passes it on. */
function recordingListener(
  tasks: readonly Task[],
  { onReport, ...options }: RecordingOptions,
  passOn: RunListener,
): TaskListener {
  const recorders = tasks.map((task, place) =>
    createTaskRecorder(task, { ...options, onReport: (report) => onReport(place, report) }),
  );
  return {
    resume: (place) => recorders[place]!.resume(),
    keep: (place, done) => recorders[place]!.keep(done),
    listen(place, event) {
      const recorder = recorders[place]!;
      if (event.kind === 'failed') recorder.fail(event.reason);
      else if (event.kind === 'blocked')
        recorder.fail(`it needs ${tasks[event.by]!.id.slice(0, 12)}, which has failed`);
      else {
        recorder.record(event);
        passOn(place, event);
      }
    },
  };
}
