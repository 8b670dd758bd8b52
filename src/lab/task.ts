import { engineRevision, kernelsDigest } from '../engine/index.js';
import { type TaskSpec, taskId } from '../tasks/task.js';

/** A task to run, under its id. */
export interface Task {
  readonly id: string;
  readonly spec: TaskSpec;
}

/** The id of a task under this engine: 64 hex digits. */
export function idOf(spec: TaskSpec): string {
  return taskId(spec, { kernelsDigest, engineRevision });
}

/** A task under its id. */
export const taskOf = (spec: TaskSpec): Task => ({ id: idOf(spec), spec });
