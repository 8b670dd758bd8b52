import { type LeakyCalls, leakyCalls } from '../../bindings/leaky.js';
import {
  type ByteImages,
  bucketBytes,
  panelRanges,
  panelWidth,
  type SparseCalls,
  type SparseGradients,
  type SparseLists,
  sparseCalls,
} from '../../bindings/sparse.js';
import { loadByteRows } from '../../network/inputs.js';
import type { ParameterLayout } from '../../network/parameters.js';
import {
  type Call,
  featureTensor,
  type LoadingLayer,
  type PlacedOf,
  type PlanContext,
  type PlannedLayer,
  type Tensor,
  tensorFloats,
} from '../planned.js';
import { product } from '../shape.js';
import type { linear } from './kind.js';
import type { FusedActivation } from './planned.js';

/** Floats that `outputs` outputs take, in whole panels. */
const panelled = (outputs: number): number => Math.ceil(outputs / panelWidth) * panelWidth;

/**
 * Panels [panel][input][20] for a weight, whole panels for a bias: element (o, i) of PyTorch's [outputs][inputs] at
 * ((o div 20) * inputs + i) * 20 + o mod 20.
 */
export function sparseLayout([outputs = 0, inputs]: readonly number[]): ParameterLayout {
  if (inputs === undefined) return { length: panelled(outputs) };
  return {
    length: panelled(outputs) * inputs,
    order: () => {
      const order = new Int32Array(outputs * inputs);
      for (let o = 0, element = 0; o < outputs; o++) {
        const first = Math.floor(o / panelWidth) * inputs * panelWidth + (o % panelWidth);
        for (let i = 0; i < inputs; i++) order[element++] = first + i * panelWidth;
      }
      return order;
    },
  };
}

/** A copy of byte images with room for `capacity` samples. */
export function planByteImages(pixels: number, context: PlanContext): ByteImages {
  const stride = Math.ceil(pixels / 16) * 16;
  return { pointer: context.arena.bytes(context.capacity * stride), stride };
}

/** The value of each byte, byte / 255 in float32 as PyTorch's `ToTensor`. Shapes: [256] */
const byteScale = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/** A layer on bytes, with its kernels bound to its sizes. */
interface Sparse {
  readonly layer: PlacedOf<typeof linear>;
  readonly output: Tensor;
  readonly calls: SparseCalls;
  readonly memory: WebAssembly.Memory;
  /** Outputs in whole panels. */
  readonly panelled: number;
  /** The derivative of the fused activation, where there is one. */
  readonly gate: LeakyCalls['gate'] | undefined;
  /** Whether the layer itself applies it on the way back. */
  readonly masksOwn: boolean;
  /** A bias of 0, for a layer without one. */
  readonly zeros: number;
}

/**
 * The first linear layer on byte images, reading only non-zero pixels, with an activation fused behind it where there
 * is one. The weights of some panels are updated right after their gradients, while both are in the cache.
 *
 * Shapes: images [samples][pixels] bytes, output [outputs][stride].
 */
export function planSparseLinear(
  layer: PlacedOf<typeof linear>,
  context: PlanContext,
  activation?: FusedActivation,
): LoadingLayer {
  const { kernels, capacity } = context;
  const pixels = product(layer.input);
  const [outputs = 0] = layer.output;
  const images = planByteImages(pixels, context);
  const output = featureTensor(context, layer.output, panelled(outputs), {
    gradEnds: true,
    ...(activation?.maskedByReader && { maskSlope: activation.slope }),
  });
  const calls = sparseCalls(kernels, { pixels, outputs, capacity }, planLists(images, pixels, context));
  const sparse: Sparse = {
    layer,
    output,
    calls,
    memory: kernels.memory,
    panelled: panelled(outputs),
    gate: activation && leakyCalls(kernels, activation.slope, (pass) => tensorFloats(output, pass)).gate,
    masksOwn: activation?.maskedByReader === false,
    zeros: layer.blocks.bias ? 0 : context.arena.floats(panelled(outputs)),
  };
  return {
    name: `${layer.index} linear (sparse input)`,
    output,
    load: (batch) => loadByteRows(batch, images, kernels),
    forward: forward(sparse, images, activation?.slope),
    backward: backward(sparse),
    tangentForward: tangentForward(sparse),
    tangentBackward: tangentBackward(sparse),
  };
}

function planLists(images: ByteImages, pixels: number, { arena, kernels, capacity }: PlanContext): SparseLists {
  return {
    scale: arena.constants(byteScale),
    rowStarts: arena.bytes(4 * (capacity + 1)),
    rows: arena.bytes(8 * capacity * images.stride),
    columnEnds: arena.bytes(4 * images.stride),
    columns: arena.bytes(bucketBytes(capacity) * images.stride),
    scratch: arena.bytes(kernels.sparseScratch(pixels, capacity)),
  };
}

function forward(
  { layer, output, calls, zeros }: Sparse,
  images: ByteImages,
  slope: number | undefined,
): PlannedLayer['forward'] {
  const { weight, bias } = layer.blocks;
  const list = calls.list(images);
  const multiply = calls.product({ weight: weight.value, bias: bias?.value ?? zeros, out: output.value, slope });
  return (pass) => {
    list(pass);
    multiply(pass);
  };
}

/**
 * Clears what lies behind the gradients of the outputs, in the rest of their last panel: at another stride it held
 * gradients, and would join those of the panel's padding, which stay 0.
 */
function paddingClearer({ output, panelled: rows, memory }: Sparse, gradient: number): Call {
  let clearedAt = 0;
  return ({ stride }) => {
    if (stride === clearedAt) return;
    const from = gradient + 4 * output.size * stride;
    new Float32Array(memory.buffer, from, (rows - output.size) * stride).fill(0);
    clearedAt = stride;
  };
}

function backward(sparse: Sparse): PlannedLayer['backward'] {
  const { layer, output, calls, gate, masksOwn } = sparse;
  const { weight, bias } = layer.blocks;
  const ownGate = masksOwn ? gate : undefined;
  const ranges = panelRanges(output.size);
  const panelFloats = product(layer.input) * panelWidth;
  const parts: SparseGradients = { delta: output.grad, weight: weight.grad, bias: bias?.grad ?? 0 };
  const biasGradient = bias && calls.biasGradient(parts);
  const panelGradients = calls.panelGradients(parts);
  const clearPadding = paddingClearer(sparse, output.grad);
  return (pass, update, keepGradients) => {
    clearPadding(pass);
    ownGate?.(output.grad, output.value, output.grad, pass);
    biasGradient?.(pass);
    // Gradients that only the optimizer reads are overwritten by those of the next panels, and never leave the cache.
    const gradFloats = keepGradients || pass.accumulate || !pass.last ? panelFloats : 0;
    for (const range of ranges()) {
      const [at, into] = [range.first * panelFloats, range.first * gradFloats];
      panelGradients(pass, range, weight.grad + 4 * into);
      if (pass.last) update?.(weight.start + at, range.count * panelFloats, weight.start + into);
    }
    if (pass.last && bias) update?.(bias.start, bias.length, bias.start);
  };
}

function tangentForward({ layer, output, calls, gate, zeros }: Sparse): PlannedLayer['tangentForward'] {
  const { weight, bias } = layer.blocks;
  const multiply = calls.product({ weight: weight.tangent, bias: bias?.tangent ?? zeros, out: output.tangent });
  return (pass) => {
    multiply(pass);
    gate?.(output.tangent, output.value, output.tangent, pass);
  };
}

function tangentBackward(sparse: Sparse): PlannedLayer['tangentBackward'] {
  const { layer, output, calls, gate, masksOwn } = sparse;
  const { weight, bias } = layer.blocks;
  const ownGate = masksOwn ? gate : undefined;
  const ranges = panelRanges(output.size);
  const panelBytes = 4 * product(layer.input) * panelWidth;
  const parts: SparseGradients = { delta: output.tangentGrad, weight: weight.product, bias: bias?.product ?? 0 };
  const biasGradient = bias && calls.biasGradient(parts);
  const panelGradients = calls.panelGradients(parts);
  const clearPadding = paddingClearer(sparse, output.tangentGrad);
  return (pass) => {
    clearPadding(pass);
    ownGate?.(output.tangentGrad, output.value, output.tangentGrad, pass);
    biasGradient?.(pass);
    for (const range of ranges()) panelGradients(pass, range, weight.product + range.first * panelBytes);
  };
}
