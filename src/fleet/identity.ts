import { canonicalJson } from '../base/canonical-json.js';
import { sha256Hex } from '../base/sha256.js';
import { engineRevision, kernelsDigest } from '../engine/index.js';
import { measurements } from '../measurements/index.js';

/** How coordinators and agents speak: raised whenever one could no longer read what the other writes. */
export const fleetProtocol = 3;

/** Digits of an identity: enough to tell versions of one program apart. */
const digits = 16;

/**
 * Names what a machine computes: machines of one identity compute the same bits for the same task.
 *
 *     identity = SHA-256(canonical JSON of { protocol, engine's revision, kernels' bits, revisions of measurements })
 */
export function fleetIdentity(): string {
  const revisions = Object.fromEntries(measurements.map(({ kind, revision = 1 }) => [kind, revision]));
  const of = { protocol: fleetProtocol, engine: engineRevision, kernels: kernelsDigest, measurements: revisions };
  return sha256Hex(canonicalJson(of)).slice(0, digits);
}
