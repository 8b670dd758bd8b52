import type { SpecOf } from '../lab/cost.js';
import type { Task } from '../lab/task.js';
import { isMeasurement } from '../trials/task.js';
import type { TrialSpec } from '../trials/trial-spec.js';

/** Finds the specs of trials among some tasks. */
export function specsOf(tasks: readonly Task[]): SpecOf {
  const trials = new Map<string, TrialSpec>();
  for (const { id, spec } of tasks) if (!isMeasurement(spec)) trials.set(id, spec);
  return (id) => trials.get(id);
}
