/**
 * A set of samples in memory, row after row.
 *
 * Shapes: inputs [size, product(inputShape)]; targets [size] class labels (Uint8Array), or [size, outputs] values
 * (Float32Array). Byte inputs stand for byte / 255, as PyTorch's `ToTensor` makes them. Arrays may lie in a
 * SharedArrayBuffer.
 */
export interface Dataset {
  readonly name: string;
  readonly size: number;
  readonly inputShape: readonly number[];
  readonly inputs: Uint8Array | Float32Array;
  readonly targets: Uint8Array | Float32Array;
}
