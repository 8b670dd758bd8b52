import { sum } from '../base/sum.js';
import { workOfEach } from '../tasks/cost/cost.js';
import type { TaskEvent, TaskProgress, TaskReport } from '../tasks/task-event.js';
import type { Task } from './task.js';

/** How far a run is. */
export interface RunProgress {
  /** Share of the work, in [0, 1]. */
  readonly fraction: number;
  readonly tasksDone: number;
  readonly tasks: number;
  readonly stepsPerSecond: number;
  /** Undefined while too little has been done for an estimate. */
  readonly msLeft: number | undefined;
}

/** Follows a run of tasks of different sizes. */
export interface ProgressMeter {
  /** A task whose result was stored before counts as done, and as no work. */
  listen(index: number, event: TaskEvent): void;
  read(): RunProgress;
}

/** Before this share of the work, a time left would be a guess. */
const tellingShare = 0.01;

/**
 * Weighs each task by its work, so that the time left is right while small and large ones mix. `now` in milliseconds.
 */
export function progressMeter(tasks: readonly Task[], now: () => number): ProgressMeter {
  const work = workOfEach(tasks);
  const fractions = tasks.map(() => 0);
  const steps = tasks.map(() => 0);
  const start = now();
  let total = sum(work);
  const advance = (index: number, { step, steps: all }: TaskProgress): void => {
    fractions[index] = step / all;
    // What a measurement counts are no steps.
    if (tasks[index]!.spec.kind !== 'measurement') steps[index] = step;
  };
  const finish = (index: number, report: TaskReport): void => {
    fractions[index] = 1;
    // Short trials are over before they say how far they are.
    if (report.state === 'done' && 'steps' in report.summary) steps[index] = report.summary.steps;
    if (report.state !== 'stored') return;
    total -= work[index] ?? 0;
    work[index] = 0;
  };
  return {
    listen(index, event) {
      if (event.kind === 'progress') advance(index, event.progress);
      else if (event.kind === 'reported') finish(index, event.report);
    },
    read() {
      const elapsed = now() - start;
      const fraction = total === 0 ? 1 : sum(work.map((w, i) => w * fractions[i]!)) / total;
      return {
        fraction,
        tasksDone: fractions.filter((each) => each === 1).length,
        tasks: tasks.length,
        stepsPerSecond: elapsed === 0 ? 0 : (sum(steps) / elapsed) * 1000,
        msLeft: fraction < tellingShare ? undefined : (elapsed * (1 - fraction)) / fraction,
      };
    },
  };
}
