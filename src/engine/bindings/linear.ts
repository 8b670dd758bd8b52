import { epilogue, type Kernels } from './kernels.js';
import type { Call } from './pass.js';

/**
 * z (+)= W x + b. All are addresses.
 * Shapes: weight [outputs][inputs], bias [outputs], x [inputs][stride], out [outputs][stride].
 */
export interface Product {
  readonly weight: number;
  /** Absent: 0. */
  readonly bias?: number | undefined;
  readonly x: number;
  readonly out: number;
  /** Whether it is added to what `out` holds, in place of the bias. Default false. */
  readonly add?: boolean;
  /** The slope of a leaky ReLU that z goes through. Default: none. */
  readonly slope?: number | undefined;
}

/** dx (+)= W' dz. Addresses; Shapes: weight [outputs][inputs], delta [outputs][stride], out [inputs][stride]. */
export interface BackProduct {
  readonly weight: number;
  readonly delta: number;
  readonly out: number;
  readonly add?: boolean;
  /**
   * Multiplied by the derivative of a leaky ReLU of this slope, read from its output `y`. Default: not.
   * Shapes: y [inputs][stride]
   */
  readonly mask?: { readonly y: number; readonly slope: number } | undefined;
  /** Whether it is rounded to a grain that keeps denormals out of the layers before. */
  readonly round: boolean;
}

/**
 * dW (+)= dz x', db (+)= sum of dz over samples. All are addresses.
 * Shapes: delta [outputs][stride], x [inputs][stride], weight [outputs][inputs], bias [outputs].
 */
export interface WeightGradients {
  readonly delta: number;
  readonly x: number;
  readonly weight: number;
  readonly bias: number;
  /** Whether they are always added. Default: only to those of the batch's micro-batches before. */
  readonly add?: boolean;
}

/** The kernels of a dense linear layer, with its sizes bound. */
export interface LinearCalls {
  product(parts: Product): Call;
  backProduct(parts: BackProduct): Call;
  gradients(parts: WeightGradients): Call;
}

/** Binds the kernels of `src/kernels/linear.ts` to a matrix of [outputs][inputs]. */
export function linearCalls(
  { linearMultiply, linearGradients }: Kernels,
  { inputs, outputs }: { readonly inputs: number; readonly outputs: number },
): LinearCalls {
  const row = 4 * inputs;
  return {
    product({ weight, bias = 0, x, out, add = false, slope }) {
      const end = slope === undefined ? epilogue.plain : epilogue.activate;
      return ({ padded, stride }) =>
        linearMultiply(weight, row, 4, bias, x, out, 0, outputs, inputs, padded, stride, add, end, slope ?? 0);
    },
    backProduct({ weight, delta, out, add = false, mask, round }) {
      const end = (mask ? epilogue.mask : epilogue.plain) + (round ? epilogue.round : epilogue.plain);
      const { y, slope } = mask ?? { y: 0, slope: 0 };
      return ({ padded, stride }) =>
        linearMultiply(weight, 4, row, 0, delta, out, y, inputs, outputs, padded, stride, add, end, slope);
    },
    gradients({ delta, x, weight, bias, add = false }) {
      return ({ padded, stride, accumulate }) =>
        linearGradients(delta, x, weight, bias, outputs, inputs, padded, stride, add || accumulate);
    },
  };
}
