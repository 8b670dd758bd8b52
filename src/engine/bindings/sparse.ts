import { once } from '../../base/once.js';
import type { Kernels } from './kernels.js';
import type { Call, Pass } from './pass.js';

/** Outputs that share a panel of weights; the kernels' own constant, checked when they are bound. */
export const panelWidth = 20;

/** Panels that go through a kernel together, at most; also theirs. */
const mostTogether = 4;

/** Neighbouring panels. */
export interface PanelRange {
  readonly first: number;
  readonly count: number;
}

/**
 * All panels in the least number of ranges, as equal as can be; laid out at the first pass, as a network that is only
 * planned may have more of them than there is memory for.
 */
export function panelRanges(outputs: number): () => readonly PanelRange[] {
  const panels = Math.ceil(outputs / panelWidth);
  const ranges = Math.ceil(panels / mostTogether);
  const start = (range: number): number => Math.ceil((range * panels) / ranges);
  return once(() => Array.from({ length: ranges }, (_, i) => ({ first: start(i), count: start(i + 1) - start(i) })));
}

/** A batch of byte images: [capacity][stride] bytes, `stride` a multiple of 16, zeros behind the last pixel. */
export interface ByteImages {
  readonly pointer: number;
  readonly stride: number;
}

/** The sizes of a linear layer on byte images, and the most samples of a micro-batch. */
export interface SparseSizes {
  readonly pixels: number;
  readonly outputs: number;
  readonly capacity: number;
}

/**
 * Addresses of the lists of non-zero pixels, by sample and by pixel, of the kernels' scratch and of the bytes' values.
 */
export interface SparseLists {
  readonly scale: number;
  readonly rowStarts: number;
  readonly rows: number;
  readonly columnEnds: number;
  readonly columns: number;
  readonly scratch: number;
}

/**
 * z = W x + b for every panel. All are addresses.
 * Shapes: weight [panels][pixels][20], bias [panels * 20], out [panels * 20][stride].
 */
export interface SparseProduct {
  readonly weight: number;
  readonly bias: number;
  readonly out: number;
  /** The slope of a leaky ReLU that z goes through. Default: none. */
  readonly slope?: number | undefined;
}

/** dW (+)= dz x', db (+)= sum of dz. Addresses; Shapes: delta [panels * 20][stride], weight and bias as above. */
export interface SparseGradients {
  readonly delta: number;
  readonly weight: number;
  readonly bias: number;
}

/** The kernels of a linear layer on byte images, with its sizes bound. */
export interface SparseCalls {
  /** Makes the lists of the images' non-zero pixels. */
  list(images: ByteImages): Call;
  product(parts: SparseProduct): Call;
  biasGradient(parts: SparseGradients): Call;
  /** The gradient of the weights of some panels, written to an address. */
  panelGradients(parts: SparseGradients): (pass: Readonly<Pass>, panels: PanelRange, into: number) => void;
}

/**
 * Bytes from one pixel's bucket to the next: room for every sample, and not a power of two apart, or buckets would
 * share cache sets.
 */
export const bucketBytes = (samples: number): number => (samples % 32 === 0 ? 8 * samples + 64 : 8 * samples);

/** Binds the kernels of `src/kernels/sparse.ts`. */
export function sparseCalls(kernels: Kernels, sizes: SparseSizes, lists: SparseLists): SparseCalls {
  if (kernels.sparsePanelWidth() !== panelWidth) {
    throw new Error(`kernels: expected panels of ${panelWidth}, got ${kernels.sparsePanelWidth()}`);
  }
  return {
    list: listCall(kernels, sizes, lists),
    product: productCall(kernels, sizes, lists),
    biasGradient({ delta, bias }) {
      return ({ padded, stride, accumulate }) =>
        kernels.rowSums(delta, bias, sizes.outputs, padded, stride, accumulate);
    },
    panelGradients: panelGradientsCall(kernels, sizes, lists),
  };
}

function listCall(
  { sparseLists }: Kernels,
  { pixels }: SparseSizes,
  { scale, rowStarts, rows, columnEnds, columns }: SparseLists,
): SparseCalls['list'] {
  return ({ pointer, stride }) =>
    ({ samples: n, padded }) =>
      sparseLists(pointer, stride, pixels, n, padded, scale, rowStarts, rows, columnEnds, columns, bucketBytes(padded));
}

function productCall(
  { sparseForward }: Kernels,
  { pixels, outputs }: SparseSizes,
  { rowStarts, scratch }: SparseLists,
): SparseCalls['product'] {
  const ranges = panelRanges(outputs);
  return ({ weight, bias, out, slope }) => {
    const activated = slope !== undefined;
    return ({ padded, stride }) => {
      for (const { first, count } of ranges()) {
        const at = 4 * panelWidth * first;
        const w = weight + at * pixels;
        const to = out + at * stride;
        sparseForward(w, bias + at, rowStarts, to, scratch, pixels, count, padded, stride, activated, slope ?? 0);
      }
    };
  };
}

function panelGradientsCall(
  { sparseGradient }: Kernels,
  { pixels }: SparseSizes,
  { columnEnds, columns, scratch }: SparseLists,
): SparseCalls['panelGradients'] {
  return ({ delta }) =>
    ({ padded, stride, accumulate }, { first, count }, into) => {
      const from = delta + 4 * panelWidth * first * stride;
      const bytes = bucketBytes(padded);
      sparseGradient(columns, bytes, columnEnds, from, scratch, into, pixels, count, padded, stride, accumulate);
    };
}
