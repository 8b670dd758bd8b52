import { canonicalJson } from '../base/canonical-json.js';
import { sha256Hex } from '../base/sha256.js';
import { dataDigest } from '../data/sources/index.js';
import { canonicalTrial } from './defaults.js';
import type { TrialSpec } from './trial-spec.js';

/** What computes a trial: the digest that names the kernels' bits and the revision of the code around them. */
export interface EngineIdentity {
  readonly kernelsDigest: string;
  readonly engineRevision: number;
}

/**
 * A trial's id: what its result depends on, as one hash. 64 hex digits.
 *
 *     id = SHA-256(canonical JSON of { spec without defaults, digest of the data, engine })
 */
export function trialId(spec: TrialSpec, engine: EngineIdentity): string {
  return sha256Hex(
    canonicalJson({
      spec: canonicalTrial(spec),
      data: dataDigest(spec.data),
      engine: { kernels: engine.kernelsDigest, revision: engine.engineRevision },
    }),
  );
}
