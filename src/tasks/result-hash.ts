import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { canonicalJson } from '../base/canonical-json.js';
import type { ParameterShape } from '../engine/shapes.js';
import type { MetricRow } from '../engine/training/observations/index.js';

/** Every NaN is written with these bits: its sign and payload differ between processors. */
const nanBits = 0x7fc00000;

/** Values as little-endian float32, whatever the machine's order. */
export function float32Bytes(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  // A plain loop: a callback would box each of some 10^6 values.
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) view.setUint32(i * 4, nanBits, true);
    else view.setFloat32(i * 4, value, true);
  }
  return bytes;
}

/** One row of observations as a line of JSON; a value that is not finite is null. */
export function metricLine(row: MetricRow): string {
  const finite = Object.entries(row).map(([name, value]) => [name, Number.isFinite(value) ? value : null]);
  return canonicalJson(Object.fromEntries(finite));
}

/** SHA-256 of bytes that come in parts. */
export interface Sha256 {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}

/** Takes the rows of a trial as they come, then its weights, and gives the result hash. */
export interface ResultHasher {
  addRow(row: MetricRow): void;
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
export function resultHasher(hash: Sha256 = sha256.create()): ResultHasher {
  const text = new TextEncoder();
  return {
    addRow(row) {
      hash.update(text.encode(`${metricLine(row)}\n`));
    },
    finish(parameters, shapes) {
      hash.update(text.encode(`${canonicalJson(shapes.map(({ name, shape }) => ({ name, shape })))}\n`));
      hash.update(float32Bytes(parameters));
      return bytesToHex(hash.digest());
    },
  };
}
