import { requireAscending } from './grid.js';

/** The largest rise above the straight line between two losses, and where it is. */
export interface Barrier {
  readonly height: number;
  readonly alpha: number;
}

/**
 * Loss barrier between two networks: 0 where the loss never rises above the line between its ends, as it does not
 * between linearly connected networks.
 *
 *     height = max_{alpha in [0, 1]} [ L(alpha) - ((1 - alpha) L(0) + alpha L(1)) ]   over the alphas evaluated
 *
 * Shapes: alphas and losses [n]. Range: [0, Infinity]. Reference: Frankle, Dziugaite, Roy & Carbin 2020 (Linear mode
 * connectivity).
 * @throws RangeError if the lengths differ, the alphas lack 0 or 1, or a loss of [0, 1] is NaN
 */
export function lossBarrier(alphas: readonly number[], losses: readonly number[]): Barrier {
  requireAscending(alphas, 'alphas');
  const [first, last] = [losses[alphas.indexOf(0)], losses[alphas.indexOf(1)]];
  if (alphas.length !== losses.length || first === undefined || last === undefined) {
    throw new RangeError(
      `lossBarrier: expected as many losses as alphas, 0 and 1 among them, ` +
        `got ${losses.length} losses for alphas ${alphas.join(', ')}`,
    );
  }
  let barrier: Barrier = { height: 0, alpha: 0 };
  alphas.forEach((alpha, i) => {
    if (alpha < 0 || alpha > 1) return;
    const loss = losses[i]!;
    if (Number.isNaN(loss)) throw new RangeError(`lossBarrier: expected a loss, got NaN at alpha = ${alpha}`);
    const height = loss - ((1 - alpha) * first + alpha * last);
    if (height > barrier.height) barrier = { height, alpha };
  });
  return barrier;
}
