import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { float32Bytes } from '../../base/float32-bytes.js';
import type { TrainState } from './state.js';

/**
 * Digest of the weights and moments of a state: equal digests mean that all further steps are equal, to the bit, where
 * the options and the step are. 64 hex digits.
 *
 *     SHA-256(steps of the optimizer as 8 bytes, little-endian; parameters; each array of moments in its order)
 *
 * The arrays are little-endian float32 in PyTorch's order, every NaN with the bits 0x7fc00000.
 */
export function stateDigest({ parameters, optimizer: { steps, moments } }: TrainState): string {
  const hash = sha256.create();
  const count = new DataView(new ArrayBuffer(8));
  count.setBigUint64(0, BigInt(steps), true);
  hash.update(new Uint8Array(count.buffer));
  for (const values of [parameters, ...moments]) hash.update(float32Bytes(values));
  return bytesToHex(hash.digest());
}
