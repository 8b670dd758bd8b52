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
