/** Every NaN is written with these bits: its sign and payload differ between processors. */
const nanBits = 0x7fc00000;

/**
 * Values as little-endian float32: a copy of how they lie in memory, as WebAssembly's memory, over which the engine's
 * arrays are views, is little-endian.
 */
export function float32Bytes(values: Float32Array): Uint8Array {
  const copy = values.slice();
  const bits = new Uint32Array(copy.buffer);
  // A plain loop: a callback would box each of some 10^6 values.
  for (let i = 0; i < copy.length; i++) if (Number.isNaN(copy[i])) bits[i] = nanBits;
  return new Uint8Array(copy.buffer);
}

/** The values of little-endian float32 bytes; a copy. Shapes: bytes [4 n], result [n]. */
export function float32Values(bytes: Uint8Array): Float32Array<ArrayBuffer> {
  const values = new Float32Array(bytes.length / 4);
  new Uint8Array(values.buffer).set(bytes);
  return values;
}
