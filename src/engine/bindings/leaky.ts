import type { Kernels } from './kernels.js';
import type { Pass } from './pass.js';

/** The kernels of a leaky ReLU over the values of one tensor. */
export interface LeakyCalls {
  /** y = leaky(x). The two may be the same. */
  forward(x: number, y: number, pass: Readonly<Pass>): void;
  /** to = from * leaky'(x), read from the output y. `from` and `to` may be the same. */
  gate(from: number, y: number, to: number, pass: Readonly<Pass>): void;
}

/** Binds the kernels of a leaky ReLU to its slope; `floats` counts the values of a micro-batch, a multiple of 4. */
export function leakyCalls(
  { leakyForward, leakyBackward }: Kernels,
  slope: number,
  floats: (pass: Readonly<Pass>) => number,
): LeakyCalls {
  return {
    forward: (x, y, pass) => leakyForward(x, y, floats(pass), slope),
    gate: (from, y, to, pass) => leakyBackward(from, y, to, floats(pass), slope),
  };
}
