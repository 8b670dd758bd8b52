import type { TaskSpec } from '../tasks/task.js';

/** A task to run, under its id. */
export interface Task {
  readonly id: string;
  readonly spec: TaskSpec;
}
