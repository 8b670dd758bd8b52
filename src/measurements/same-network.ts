import { canonicalJson } from '../base/canonical-json.js';
import { UserError } from '../base/errors.js';
import type { FinishedTrial } from '../tasks/finished-trial.js';
import { networkSpecOf } from './context.js';

/**
 * The first two trials, which must have trained one network.
 * @throws UserError if they have not
 */
export function requireSameNetwork(trials: readonly FinishedTrial[]): readonly [FinishedTrial, FinishedTrial] {
  const [first, second] = trials;
  if (first === undefined || second === undefined) throw new UserError('of: expected two trials');
  const [a, b] = [first, second].map(({ spec }) => canonicalJson(networkSpecOf(spec)));
  if (a !== b) {
    throw new UserError(
      `of: expected trials of one network, got two of different layers, ${first.id.slice(0, 12)} and ${second.id.slice(0, 12)}`,
    );
  }
  return [first, second];
}
