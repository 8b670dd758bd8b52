import type { Kernels } from './kernels.js';
import type { Call } from './pass.js';

/** The sizes of a convolution and of the pooling behind it (`size` 1: none). */
export interface ConvSizes {
  readonly height: number;
  readonly width: number;
  readonly cin: number;
  readonly cout: number;
  readonly kernel: number;
  /** Rows and columns of windows, and rows and columns of a window: what lies in none is never computed. */
  readonly cellRows: number;
  readonly cellColumns: number;
  readonly size: number;
}

/** Addresses of an image batch and, for bytes, of the words that name its non-zero pixels (0: none). */
export interface ConvInput {
  readonly x: number;
  readonly masks?: number;
}

/**
 * The kernels of a convolution, with its sizes bound. Images lie [sample][y][x][channel]. Gradients of the output are
 * those of the pooling's, which `argmax` spreads.
 */
export interface ConvCalls {
  /** Floats of the weights as `convolve` and as `backConvolve` read them, and of the sums that `weightSums` makes. */
  readonly packedFloats: number;
  readonly packedBackFloats: number;
  readonly sumFloats: number;
  /** Bytes that the kernels work in. */
  scratchBytes(): { readonly weights: number; readonly input: number };
  /**
   * The weights as `convolve` reads them.
   * Shapes: weight [cout][cin][kernel][kernel], bias [cout] or 0, packed [packedFloats]
   */
  pack(weight: number, bias: number, packed: number): void;
  /** The weights as `backConvolve` reads them. Shapes: packed [packedBackFloats] */
  packBack(weight: number, packed: number): void;
  /** out (+)= W * x + b. */
  convolve(input: ConvInput, packed: number, out: number, add?: boolean): Call;
  /** dx (+)= W' * dz. */
  backConvolve(delta: Delta, packed: number, out: number, scratch: number, add?: boolean): Call;
  /** Sums (+)= dz x', those of the batch's micro-batches. Shapes: sums [sumFloats] */
  weightSums(delta: Delta, input: ConvInput, sums: number, scratch: number): Call;
  /** Gradients in PyTorch's order from complete sums. Shapes: weight [cout][cin][kernel][kernel], bias [cout] */
  unpack(sums: number, weight: number, bias: number, add: boolean): void;
}

/** Addresses of the gradient of a pooling's output and of its argmax; of the convolution's own, without a pooling. */
export interface Delta {
  readonly grad: number;
  readonly argmax: number;
}

/** Binds the kernels of `src/kernels/conv-*.ts`. */
export function convCalls(kernels: Kernels, sizes: ConvSizes): ConvCalls {
  const { cin, cout, kernel } = sizes;
  const paddedChannels = Math.ceil(cout / 4) * 4;
  const packedBackFloats = cout * kernel * Math.ceil((kernel * cin) / 4) * 4;
  return {
    packedFloats: paddedChannels * (1 + kernel * kernel * cin),
    packedBackFloats,
    sumFloats: packedBackFloats + paddedChannels,
    scratchBytes: () => scratchBytes(kernels, sizes),
    pack: (weight, bias, packed) => kernels.convPackForward(weight, bias, packed, cin, cout, kernel),
    packBack: (weight, packed) => kernels.convPackGradInput(weight, packed, cin, cout, kernel),
    convolve: convolveCall(kernels, sizes),
    backConvolve: backConvolveCall(kernels, sizes),
    weightSums: weightSumsCall(kernels, sizes),
    unpack: (sums, weight, bias, add) => kernels.convUnpackGradients(sums, weight, bias, cin, cout, kernel, add),
  };
}

function scratchBytes(
  kernels: Kernels,
  { height, width, cin, cout, cellRows, cellColumns, size }: ConvSizes,
): ReturnType<ConvCalls['scratchBytes']> {
  return {
    weights: kernels.convGradWeightsScratch(height, width, cin, cout, cellRows, cellColumns, size) >>> 0,
    input: kernels.convGradInputScratch(cout, size) >>> 0,
  };
}

function convolveCall({ convForward }: Kernels, sizes: ConvSizes): ConvCalls['convolve'] {
  const { height, width, cin, cout, kernel, cellRows, cellColumns, size } = sizes;
  const rows = cellRows * size;
  const columns = cellColumns * size;
  return ({ x, masks = 0 }, packed, out, add = false) =>
    ({ samples }) =>
      convForward(x, masks, packed, out, samples, height, width, cin, cout, kernel, rows, columns, add);
}

function backConvolveCall({ convGradInput }: Kernels, sizes: ConvSizes): ConvCalls['backConvolve'] {
  const { height: h, width: w, cin, cout, kernel: k, cellRows: rows, cellColumns: columns, size } = sizes;
  return ({ grad, argmax }, packed, out, scratch, add = false) =>
    ({ samples: n }) =>
      convGradInput(grad, argmax, packed, out, scratch, n, h, w, cin, cout, k, rows, columns, size, add);
}

function weightSumsCall({ convGradWeights }: Kernels, sizes: ConvSizes): ConvCalls['weightSums'] {
  const { height: h, width: w, cin, cout, kernel: k, cellRows: rows, cellColumns: columns, size } = sizes;
  return ({ grad, argmax }, { x, masks = 0 }, sums, scratch) =>
    ({ samples: n, accumulate: add }) =>
      convGradWeights(x, masks, grad, argmax, sums, scratch, n, h, w, cin, cout, k, rows, columns, size, add);
}
