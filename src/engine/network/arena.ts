import { UserError } from '../../base/errors.js';
import type { Kernels } from '../bindings/kernels.js';

const pageBytes = 65536;

/** WebAssembly addresses end at 4 GiB. */
export const memoryLimitBytes = 0xffff0000;

/**
 * Lays out one WebAssembly memory, once: arrays are placed at planning time and never given back. There is no memory
 * behind them before `allocate`.
 */
export interface Arena {
  /**
   * An array of `count` floats with 16 floats of slack behind it, where kernels may write over the end. Returns its
   * address.
   */
  floats(count: number): number;
  bytes(count: number): number;
  /** An array that holds these values from the start. */
  constants(values: Float32Array): number;
  /** Bytes laid out so far. */
  used(): number;
  /** Whether all that is laid out so far has an address: beyond, sizes may pass what the kernels can count. */
  fits(): boolean;
  /**
   * Takes the memory for all that was laid out, zeroed but for the constants.
   * @throws UserError with the bytes needed, if that is more than there can be, or than the machine has; nothing is
   * taken then
   */
  allocate(): void;
}

/** An arena over the kernels' memory, behind their own static data. */
export function createArena(kernels: Kernels): Arena {
  let top = align(kernels.heapBase());
  const constants: { readonly pointer: number; readonly values: Float32Array }[] = [];
  const take = (bytes: number): number => {
    const pointer = top;
    top = align(pointer + bytes);
    return pointer;
  };
  const floats = (count: number): number => take((count + 16) * 4);
  return {
    floats,
    bytes: (count) => take(count + 64),
    constants(values) {
      const pointer = floats(values.length);
      constants.push({ pointer, values });
      return pointer;
    },
    used: () => top,
    fits: () => top <= memoryLimitBytes,
    allocate() {
      grow(kernels.memory, top);
      for (const { pointer, values } of constants) new Float32Array(kernels.memory.buffer).set(values, pointer / 4);
    },
  };
}

function grow(memory: WebAssembly.Memory, bytes: number): void {
  if (bytes > memoryLimitBytes) {
    throw new UserError(
      `memory: expected a network that fits into ${gibibytes(memoryLimitBytes)}, ` +
        `got one that needs ${gibibytes(bytes)}; use a smaller one`,
    );
  }
  const missing = bytes - memory.buffer.byteLength;
  if (missing <= 0) return;
  try {
    memory.grow(Math.ceil(missing / pageBytes));
  } catch {
    throw new UserError(
      `memory: expected ${gibibytes(bytes)} for this network, got none from the system; ` +
        'use a smaller network, or fewer workers',
    );
  }
}

/** A number of bytes as an error says it: `12.3 GiB`. */
export const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

/** Next multiple of 64, and off any multiple of 4096: arrays that lie whole pages apart slow each other down. */
function align(address: number): number {
  const aligned = Math.ceil(address / 64) * 64;
  return aligned % 4096 === 0 ? aligned + 64 : aligned;
}
