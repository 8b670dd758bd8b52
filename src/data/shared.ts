/** An empty array of bytes, in memory that workers can share if `shared`. Shapes: [length]. */
export function newBytes(length: number, shared: boolean): Uint8Array {
  return new Uint8Array(shared ? new SharedArrayBuffer(length) : new ArrayBuffer(length));
}

/** An empty array of the kind and length asked for, in shared memory exactly if `like` is. Shapes: [length]. */
export function newLike<T extends Uint8Array | Float32Array>(like: T, length: number): T {
  const shared = typeof SharedArrayBuffer !== 'undefined' && like.buffer instanceof SharedArrayBuffer;
  const bytes = newBytes(length * like.BYTES_PER_ELEMENT, shared);
  return (like instanceof Uint8Array ? bytes : new Float32Array(bytes.buffer)) as T;
}
