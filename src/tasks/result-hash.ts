import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { canonicalJson } from '../base/canonical-json.js';
import { float32Bytes } from '../base/float32-bytes.js';
import type { ParameterShape } from '../engine/shapes.js';
import type { MetricRow } from '../engine/training/observations/index.js';

/** One row of observations as a line of JSON; a value that is not finite is null. */
export function metricLine(row: MetricRow): string {
  const finite = Object.entries(row).map(([name, value]) => [name, Number.isFinite(value) ? value : null]);
  return canonicalJson(Object.fromEntries(finite));
}

/** SHA-256 of bytes that come in parts. */
export interface Sha256 {
  update(bytes: Uint8Array): unknown;
  /** One that has taken the same bytes. */
  copy(): Sha256;
  digest(): Uint8Array;
}

/** Takes the rows of a trial as they come, then its weights; returns the result hash. */
export interface ResultHasher {
  addRow(row: MetricRow): void;
  /** One that has taken the same rows, and goes its own way from here. */
  copy(): ResultHasher;
  /** Takes no more rows afterwards. Shapes: parameters flat, in PyTorch's order */
  finish(parameters: Float32Array, shapes: readonly ParameterShape[]): string;
}

/**
 * Hash of what a trial came to: equal hashes mean the same weights and the same observations, to the bit. 64 hex
 * digits.
 *
 *     hash = SHA-256(metric lines, each ended by "\n"; names and shapes as canonical JSON, "\n";
 *                    weights as little-endian float32)
 *
 * See docs/definitions.md#result-hash
 */
export const resultHasher = (hash: Sha256 = portableSha256()): ResultHasher => hasherOver(hash);

/** In JavaScript, for every platform. */
const portableSha256 = (hash = sha256.create()): Sha256 => ({
  update: (bytes) => hash.update(bytes),
  copy: () => portableSha256(hash.clone()),
  digest: () => hash.digest(),
});

function hasherOver(hash: Sha256): ResultHasher {
  const text = new TextEncoder();
  return {
    addRow(row) {
      hash.update(text.encode(`${metricLine(row)}\n`));
    },
    copy: () => hasherOver(hash.copy()),
    finish(parameters, shapes) {
      hash.update(text.encode(`${canonicalJson(shapes.map(({ name, shape }) => ({ name, shape })))}\n`));
      hash.update(float32Bytes(parameters));
      return bytesToHex(hash.digest());
    },
  };
}
