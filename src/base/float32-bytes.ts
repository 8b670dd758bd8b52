/** Every NaN is written with these bits: its sign and payload differ between processors. */
const nanBits = 0x7fc00000;

/** Values as little-endian float32, whatever the machine's order. */
export function float32Bytes(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    if (Number.isNaN(value)) view.setUint32(i * 4, nanBits, true);
    else view.setFloat32(i * 4, value, true);
  });
  return bytes;
}
