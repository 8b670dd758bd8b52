import { workOfEach } from '../tasks/cost.js';
import { isMeasurement } from '../tasks/task.js';
import type { Task, TaskProgress } from './task.js';

/** How far a run is. */
export interface RunProgress {
  /** Share of the work, in [0, 1]. */
  readonly fraction: number;
  readonly tasksDone: number;
  readonly tasks: number;
  readonly stepsPerSecond: number;
  /** Undefined while too little has been done to tell. */
  readonly msLeft: number | undefined;
}

/** Follows a run of tasks of different sizes. */
export interface ProgressMeter {
  update(index: number, progress: TaskProgress): void;
  /** `worked` is false for a task whose result was there already. */
  done(index: number, worked: boolean): void;
  read(): RunProgress;
}

/** Before this share of the work, a time left would be a guess. */
const tellingShare = 0.01;

/** Weighs each task by its work, so that the time left is right while small and large ones mix. `now` in milliseconds. */
export function progressMeter(tasks: readonly Task[], now: () => number): ProgressMeter {
  const work = workOfEach(tasks);
  const fractions = tasks.map(() => 0);
  const steps = tasks.map(() => 0);
  const finished = tasks.map(() => false);
  const start = now();
  let total = sum(work);
  return {
    update(index, progress) {
      fractions[index] = progress.step / progress.steps;
      // What a measurement counts are no steps.
      if (!isMeasurement(tasks[index]!.spec)) steps[index] = progress.step;
    },
    done(index, worked) {
      finished[index] = true;
      fractions[index] = 1;
      if (worked) return;
      total -= work[index] ?? 0;
      work[index] = 0;
    },
    read() {
      const elapsed = now() - start;
      const fraction = total === 0 ? 1 : sum(work.map((w, i) => w * fractions[i]!)) / total;
      return {
        fraction,
        tasksDone: finished.filter(Boolean).length,
        tasks: tasks.length,
        stepsPerSecond: elapsed === 0 ? 0 : (sum(steps) / elapsed) * 1000,
        msLeft: fraction < tellingShare ? undefined : (elapsed * (1 - fraction)) / fraction,
      };
    },
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
