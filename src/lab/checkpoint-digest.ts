import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from '../base/canonical-json.js';
import { float32Bytes } from '../base/float32-bytes.js';
import { plainCheckpoint, type SavedCheckpoint } from './checkpoint-bytes.js';

/**
 * Digest of where a trial stands: equal digests mean the same past and the same future, to the bit. 64 hex digits.
 *
 *     SHA-256(canonical JSON of { trial's id, epoch, step, batch, generator of orders, last losses, sums of the epoch,
 *             steps of the optimizer, rows and their SHA-256, epochs of the snapshots }, "\n";
 *             parameters; each array of moments; snapshots, as little-endian float32)
 *
 * No time is in it: machines that compute the same agree, whenever and however fast they do.
 */
export function checkpointDigest(saved: SavedCheckpoint): string {
  const { startedAt: _, durationMs: __, ...state } = plainCheckpoint(saved);
  const { train, snapshots } = saved.checkpoint;
  const hash = sha256.create().update(utf8ToBytes(`${canonicalJson(state)}\n`));
  const arrays = [train.parameters, ...train.optimizer.moments, ...(snapshots ? [snapshots.values] : [])];
  for (const values of arrays) hash.update(float32Bytes(values));
  return bytesToHex(hash.digest());
}
