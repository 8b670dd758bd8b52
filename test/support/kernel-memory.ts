import { instantiateKernels, type Kernels } from '../../src/engine/bindings/kernels.js';

const guardBytes = 64;
const guardPattern = 0xa5;

/** Kernels with a simple allocator around them that puts guard bytes after each array, to catch writes past an end. */
export interface KernelMemory {
  readonly kernels: Kernels;
  /**
   * Copies values into the memory; 16-byte aligned. `slack` floats after the array may be written (documented overlap
   * of a kernel).
   */
  floats(values: ArrayLike<number>, slack?: number): KernelArray<Float32Array>;
  bytes(values: ArrayLike<number>): KernelArray<Uint8Array>;
  words(values: ArrayLike<number>): KernelArray<Uint32Array>;
  /** @throws Error if a guard was overwritten */
  checkGuards(): void;
}

export interface KernelArray<T> {
  readonly pointer: number;
  /** A fresh view (memory may have grown). */
  view(): T;
}

export async function kernelMemory(): Promise<KernelMemory> {
  const kernels = await instantiateKernels();
  const { memory } = kernels;
  const guards: number[] = [];
  let top = (kernels.heapBase() + 63) & ~63;

  const allocate = (bytes: number): number => {
    const pointer = top;
    const end = pointer + bytes;
    top = (end + guardBytes + 63) & ~63;
    const missing = top - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65536));
    new Uint8Array(memory.buffer, end, guardBytes).fill(guardPattern);
    guards.push(end);
    return pointer;
  };

  return {
    kernels,
    floats(values, slack = 0) {
      const pointer = allocate((values.length + slack) * 4);
      const view = () => new Float32Array(memory.buffer, pointer, values.length);
      view().set(values);
      return { pointer, view };
    },
    bytes(values) {
      const pointer = allocate(values.length);
      const view = () => new Uint8Array(memory.buffer, pointer, values.length);
      view().set(values);
      return { pointer, view };
    },
    words(values) {
      const pointer = allocate(values.length * 4);
      const view = () => new Uint32Array(memory.buffer, pointer, values.length);
      view().set(values);
      return { pointer, view };
    },
    checkGuards() {
      for (const end of guards) {
        const guard = new Uint8Array(memory.buffer, end, guardBytes);
        if (guard.some((byte) => byte !== guardPattern))
          throw new Error(`a kernel wrote past the end of the array that ends at byte ${end}`);
      }
    },
  };
}
