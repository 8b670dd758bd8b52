import { UserError } from '../../base/errors.js';
import type { Store } from '../../lab/store.js';
import type { MetricsAddress } from '../../platform/node/fleet/coordinator/metrics-server.js';
import type { ShownFleet } from './fleet-choice.js';

/** Options of the commands whose tasks a fleet can run, as parsed. */
export interface FleetOptions {
  /** The Redis of a fleet, which runs the tasks in place of this machine. */
  readonly fleet?: string;
  /** Where its results are put. */
  readonly blobs?: string;
  /** Share of them that are run again elsewhere. */
  readonly audit?: number;
  /** Where its metrics are served. */
  readonly metrics?: MetricsAddress;
}

/**
 * The fleet that is asked for; undefined for none.
 * @throws UserError if its URL is none, or an option is there that only a fleet has
 */
export async function chosenFleet(
  { fleet, blobs, audit, metrics }: FleetOptions,
  store: Store,
): Promise<ShownFleet | undefined> {
  if (fleet !== undefined) {
    const choice = {
      ...(blobs !== undefined && { blobs }),
      ...(audit !== undefined && { audit }),
      ...(metrics && { metrics }),
    };
    return (await import('./fleet-choice.js')).fleetChoice(fleet, store, choice);
  }
  const stray = Object.entries({ blobs, audit, metrics }).find(([, value]) => value !== undefined);
  if (stray === undefined) return undefined;
  throw new UserError(`--${stray[0]}: expected --fleet beside it, got none`);
}
