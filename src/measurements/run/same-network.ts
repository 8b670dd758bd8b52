import { canonicalJson } from '../../base/canonical-json.js';
import { UserError } from '../../base/errors.js';
import type { TrainedNetwork } from '../trained-network.js';

/**
 * The first two trials, which must have trained one network.
 * @throws UserError if they have not
 */
export function requireSameNetwork(networks: readonly TrainedNetwork[]): readonly [TrainedNetwork, TrainedNetwork] {
  const [first, second] = networks;
  if (first === undefined || second === undefined) throw new UserError('of: expected two trials');
  const [a, b] = [first, second].map(({ network }) => canonicalJson(network));
  if (a !== b) {
    throw new UserError(
      'of: expected trials of one network, got two of different layers, ' +
        `${first.id.slice(0, 12)} and ${second.id.slice(0, 12)}`,
    );
  }
  return [first, second];
}
