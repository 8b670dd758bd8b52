import type { Kernels } from './kernels.js';

const pageBytes = 65536;
/** WebAssembly addresses end at 4 GiB; a trial that needs more is refused before anything is taken. */
const limitBytes = 0xffff0000;

/** Lays out one WebAssembly memory, once: arrays are taken at planning time, zeroed, and never given back. */
export interface Arena {
  /** A zeroed array of `count` floats with 16 floats of slack behind it, where kernels may write over the end. Returns its address. */
  floats(count: number): number;
  bytes(count: number): number;
  /** Bytes laid out so far. */
  used(): number;
}

/** @throws RangeError from `floats` and `bytes` if the network and batch do not fit into 4 GiB */
export function createArena(kernels: Kernels): Arena {
  let top = align(kernels.heapBase());
  const take = (bytes: number): number => {
    const pointer = top;
    top = align(pointer + bytes);
    if (top > limitBytes) {
      throw new RangeError(
        `memory: the network with this batch needs more than ${Math.floor(top / 2 ** 20)} MiB, the limit is 4096 MiB; use a smaller batch or network`,
      );
    }
    const missing = top - kernels.memory.buffer.byteLength;
    if (missing > 0) kernels.memory.grow(Math.ceil(missing / pageBytes));
    return pointer;
  };
  return { floats: (count) => take((count + 16) * 4), bytes: (count) => take(count + 64), used: () => top };
}

/** Next multiple of 64, and off any multiple of 4096: arrays that lie whole pages apart slow each other down. */
function align(address: number): number {
  const aligned = Math.ceil(address / 64) * 64;
  return aligned % 4096 === 0 ? aligned + 64 : aligned;
}
