import type { StopSpec } from './spec.js';
import type { LastLosses } from './state.js';

/** The report's rule looks at convergence only after this many epochs (section 1.1.1). */
const convergedAfterEpoch = 5;

/**
 * The report's rule: after five epochs, the loss is below a bound and its last two changes are below another.
 *
 *     epoch > 5,  now < below,  |beforeLast - last| < change,  |last - now| < change
 *
 * The losses are those of the last minibatch of the last three epochs.
 */
export function hasConverged({ converged }: StopSpec, epoch: number, [beforeLast, last, now]: LastLosses): boolean {
  return (
    converged !== undefined &&
    epoch > convergedAfterEpoch &&
    now < converged.below &&
    Math.abs(beforeLast - last) < converged.change &&
    Math.abs(last - now) < converged.change
  );
}
