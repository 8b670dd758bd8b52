import type { Kernels } from './kernels.js';
import type { Call } from './pass.js';

/** The sizes of a pooling: those of its input, and rows and columns of a window. */
export interface PoolSizes {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly size: number;
}

/**
 * The kernels of max pooling, with its sizes bound. All are addresses.
 * Shapes: x [samples][height][width][channels]; y and argmax (bytes) [samples][height div size][width div
 * size][channels].
 */
export interface PoolCalls {
  /** y = the largest of each window of x, argmax = its place there. */
  forward(x: number, y: number, argmax: number): Call;
  /** y = what stands in x at the places that argmax names. */
  tangent(x: number, argmax: number, y: number): Call;
  /** dx = dy at those places, 0 elsewhere. */
  backward(dy: number, argmax: number, dx: number): Call;
}

/** Binds the kernels of `src/kernels/pool.ts`. */
export function poolCalls(
  { maxPoolForward, maxPoolTangent, maxPoolBackward }: Kernels,
  { height, width, channels, size }: PoolSizes,
): PoolCalls {
  return {
    forward:
      (x, y, argmax) =>
      ({ samples }) =>
        maxPoolForward(x, y, argmax, samples, height, width, channels, size),
    tangent:
      (x, argmax, y) =>
      ({ samples }) =>
        maxPoolTangent(x, argmax, y, samples, height, width, channels, size),
    backward:
      (dy, argmax, dx) =>
      ({ samples }) =>
        maxPoolBackward(dy, argmax, dx, samples, height, width, channels, size),
  };
}
