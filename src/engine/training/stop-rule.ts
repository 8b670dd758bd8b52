import type { Evaluation } from '../network/network.js';
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

/**
 * Whether an evaluation of the training set meets each bound that is given:
 *
 *     loss < lossBelow,  accuracy >= accuracy
 *
 * Sets without labels have no accuracy, and never meet a bound of it.
 */
export const isTrained = (
  { lossBelow = Number.POSITIVE_INFINITY, accuracy = 0 }: NonNullable<StopSpec['evaluated']>,
  found: Evaluation,
): boolean => found.loss < lossBelow && (accuracy === 0 || (found.accuracy ?? 0) >= accuracy);
