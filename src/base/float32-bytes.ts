import { swap32IfBE } from '@noble/hashes/utils.js';

/** Every NaN is written with these bits: its sign and payload differ between processors. */
const nanBits = 0x7fc00000;

/** Values as little-endian float32, whatever the machine's order. */
export function float32Bytes(values: Float32Array): Uint8Array {
  const words = new Uint32Array(values.length);
  new Float32Array(words.buffer).set(values);
  for (let i = 0; i < words.length; i++) if (Number.isNaN(values[i])) words[i] = nanBits;
  return new Uint8Array(swap32IfBE(words).buffer);
}
