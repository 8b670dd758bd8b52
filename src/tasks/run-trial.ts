import { pausing } from '../engine/training/pausing.js';
import type { TrialCheckpoint, TrialStart } from './checkpoint.js';
import { type OpenHost, openTrial } from './time-travel/open-trial.js';
import type { TrialOutcome } from './trial-result.js';
import type { TrialSpec } from './trial-spec.js';

/** What a trial needs of whoever runs it, and who listens to it. */
export interface TrialHost extends OpenHost {
  /** Asked before every step; true ends the trial with status `stopped`. */
  readonly shouldStop?: () => boolean;
  /** Asked before every step: whether `onCheckpoint` is due. */
  readonly checkpointDue?: () => boolean;
  /** Listens to where the trial stands when that is due, and when it is stopped. */
  readonly onCheckpoint?: (checkpoint: TrialCheckpoint) => void;
}

/**
 * Runs one valid trial from its data, or from where it stood, to its result hash.
 * The outcome depends on the spec alone, unless the host stops it. Rows that were emitted before `from` are not emitted
 * again.
 */
export async function runTrial(spec: TrialSpec, host: TrialHost, from?: TrialStart): Promise<TrialOutcome> {
  const trial = await openTrial(spec, host, from);
  trial.run(pausing(host, trial.checkpoint));
  return trial.outcome();
}
