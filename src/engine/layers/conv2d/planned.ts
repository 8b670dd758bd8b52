import { type ConvCalls, type ConvInput, convCalls, type Delta } from '../../bindings/conv.js';
import { type LeakyCalls, leakyCalls } from '../../bindings/leaky.js';
import { type PoolCalls, poolCalls } from '../../bindings/pool.js';
import type { maxPool2d } from '../max-pool2d/kind.js';
import {
  type Call,
  type PlacedOf,
  type PlanContext,
  type PlannedLayer,
  sampleTensor,
  type Tensor,
  tensorFloats,
} from '../planned.js';
import type { conv2d } from './kind.js';

/** What is computed together with a convolution: the pooling behind it, and a leaky ReLU behind both. */
export interface ConvolutionTail {
  readonly pool?: PlacedOf<typeof maxPool2d>;
  readonly slope?: number | undefined;
}

/** A convolution with its tail between two tensors, with its kernels bound to its sizes. */
interface Convolution {
  readonly layer: PlacedOf<typeof conv2d>;
  readonly input: Tensor;
  readonly output: Tensor;
  readonly calls: ConvCalls;
  /** The pooling behind it, and where its argmax lies. */
  readonly pool: { readonly calls: PoolCalls; readonly argmax: number } | undefined;
  /** The leaky ReLU behind both. */
  readonly leaky: LeakyCalls | undefined;
  readonly scratch: Scratch;
}

/** Where the kernels find weights in their own order, and where they work. */
interface Scratch {
  readonly packed: number;
  readonly packedBack: number;
  readonly sums: number;
  readonly weights: number;
  readonly input: number;
  /** The convolution's values before they are pooled; the output's, without a pooling. */
  readonly convolved: number;
  readonly convolvedTangent: number;
  readonly tangent: TangentScratch;
}

/** The same for tangents; 0 in networks made without curvature. */
interface TangentScratch {
  readonly packed: number;
  readonly packedWithoutBias: number;
  readonly packedBack: number;
  readonly sums: number;
  readonly crossSums: number;
  readonly bias: number;
}

/**
 * A convolution (stride 1, no padding) with what is fused behind it. The pooling's argmax also serves the convolution's
 * gradient, which so reads one value for each window; rows and columns that the pooling drops are never computed.
 *
 * Shapes: input [sample][height][width][cin], output [sample][y][x][cout]; W [cout][cin][kernel][kernel].
 */
export function planConv2d(
  layer: PlacedOf<typeof conv2d>,
  input: Tensor,
  context: PlanContext,
  tail: ConvolutionTail = {},
): PlannedLayer {
  const convolution = placeConvolution(layer, input, context, tail);
  return {
    name: `${layer.index} conv2d`,
    output: convolution.output,
    forward: forward(convolution),
    backward: backward(convolution),
    tangentForward: tangentForward(convolution),
    tangentBackward: tangentBackward(convolution),
  };
}

function placeConvolution(
  layer: PlacedOf<typeof conv2d>,
  input: Tensor,
  context: PlanContext,
  tail: ConvolutionTail,
): Convolution {
  const { kernels } = context;
  const [cin = 0, height = 0, width = 0] = layer.input;
  const [cout = 0, cellRows = 0, cellColumns = 0] = (tail.pool ?? layer).output;
  const size = tail.pool?.spec.size ?? 1;
  const { kernel } = layer.spec;
  const output = sampleTensor(context, [cout, cellRows, cellColumns], true);
  const calls = convCalls(kernels, { height, width, cin, cout, kernel, cellRows, cellColumns, size });
  const { slope } = tail;
  const convolvedSizes = { height: cellRows * size, width: cellColumns * size, channels: cout, size };
  const bytes = output.size * context.capacity;
  return {
    layer,
    input,
    output,
    calls,
    pool: tail.pool && { calls: poolCalls(kernels, convolvedSizes), argmax: context.arena.bytes(bytes) },
    leaky: slope === undefined ? undefined : leakyCalls(kernels, slope, (pass) => tensorFloats(output, pass)),
    scratch: placeScratch(calls, output, context, tail.pool ? size * size : 0),
  };
}

/** `poolArea`: pixels of a window; 0 without a pooling. */
function placeScratch(calls: ConvCalls, output: Tensor, context: PlanContext, poolArea: number): Scratch {
  const { arena, capacity, curvature } = context;
  const [packed, packedBack, sums] = [calls.packedFloats, calls.packedBackFloats, calls.sumFloats].map(arena.floats);
  // The kernels count in 32 bits: what is refused anyway is not counted.
  const bytes = arena.fits() ? calls.scratchBytes() : { weights: 0, input: 0 };
  const [weights, inputScratch] = [bytes.weights, bytes.input].map(arena.bytes);
  const convolved = poolArea > 0 ? arena.floats(capacity * output.size * poolArea) : output.value;
  const take = (floats: number): number => (curvature ? arena.floats(floats) : 0);
  return {
    packed: packed!,
    packedBack: packedBack!,
    sums: sums!,
    weights: weights!,
    input: inputScratch!,
    convolved,
    // The convolved values are not read again once they are pooled.
    convolvedTangent: poolArea > 0 ? convolved : output.tangent,
    tangent: {
      packed: take(calls.packedFloats),
      packedWithoutBias: take(calls.packedFloats),
      packedBack: take(calls.packedBackFloats),
      sums: take(calls.sumFloats),
      crossSums: take(calls.sumFloats),
      bias: take(output.shape[0] ?? 0),
    },
  };
}

const inputOf = ({ value: x, rowMasks: masks = 0 }: Tensor): ConvInput => ({ x, masks });
const deltaOf = (grad: number, { pool }: Convolution): Delta => ({ grad, argmax: pool?.argmax ?? 0 });

function forward({ layer, input, output, calls, pool, leaky, scratch }: Convolution): PlannedLayer['forward'] {
  const { weight, bias } = layer.blocks;
  const convolve = calls.convolve(inputOf(input), scratch.packed, scratch.convolved);
  const pooled = pool?.calls.forward(scratch.convolved, output.value, pool.argmax);
  return (pass) => {
    if (pass.first === 0) calls.pack(weight.value, bias.value, scratch.packed);
    convolve(pass);
    pooled?.(pass);
    leaky?.forward(output.value, output.value, pass);
  };
}

function backward(convolution: Convolution): PlannedLayer['backward'] {
  const { layer, input, output, calls, leaky, scratch } = convolution;
  const { weight, bias } = layer.blocks;
  const { start, length } = layer.range;
  const delta = deltaOf(output.grad, convolution);
  const weightSums = calls.weightSums(delta, inputOf(input), scratch.sums, scratch.weights);
  const back = input.grad === 0 ? undefined : calls.backConvolve(delta, scratch.packedBack, input.grad, scratch.input);
  return (pass, update) => {
    leaky?.gate(output.grad, output.value, output.grad, pass);
    weightSums(pass);
    if (back) {
      if (pass.first === 0) calls.packBack(weight.value, scratch.packedBack);
      back(pass);
    }
    if (!pass.last) return;
    calls.unpack(scratch.sums, weight.grad, bias.grad, false);
    update?.(start, length, start);
  };
}

function tangentForward(convolution: Convolution): PlannedLayer['tangentForward'] {
  const { layer, input, output, calls, pool, leaky, scratch } = convolution;
  const { weight, bias } = layer.blocks;
  const { packed, packedWithoutBias } = scratch.tangent;
  const out = scratch.convolvedTangent;
  const moveWeight = calls.convolve(inputOf(input), packed, out);
  const moveInput =
    input.tangent === 0 ? undefined : calls.convolve({ x: input.tangent }, packedWithoutBias, out, true);
  const pooled = pool?.calls.tangent(out, pool.argmax, output.tangent);
  return (pass) => {
    if (pass.first === 0) {
      calls.pack(weight.tangent, bias.tangent, packed);
      calls.pack(weight.value, 0, packedWithoutBias);
    }
    moveWeight(pass);
    moveInput?.(pass);
    pooled?.(pass);
    leaky?.gate(output.tangent, output.value, output.tangent, pass);
  };
}

function tangentBackward(convolution: Convolution): PlannedLayer['tangentBackward'] {
  const { layer, input, output, calls, leaky, scratch } = convolution;
  const { weight, bias } = layer.blocks;
  const { sums, crossSums, bias: biasScratch } = scratch.tangent;
  const delta = deltaOf(output.tangentGrad, convolution);
  const weightSums = calls.weightSums(delta, inputOf(input), sums, scratch.weights);
  const cross = input.tangent === 0 ? undefined : crossWeightSums(convolution);
  const back = input.tangentGrad === 0 ? undefined : tangentBack(convolution);
  return (pass, gaussNewton) => {
    leaky?.gate(output.tangentGrad, output.value, output.tangentGrad, pass);
    weightSums(pass);
    if (!gaussNewton) cross?.(pass);
    back?.(pass, gaussNewton);
    if (!pass.last) return;
    calls.unpack(sums, weight.product, bias.product, false);
    // The cross terms belong to the weights alone: what they add up for the bias is the plain gradient.
    if (cross && !gaussNewton) calls.unpack(crossSums, weight.product, biasScratch, true);
  };
}

function crossWeightSums(convolution: Convolution): Call {
  const { input, output, calls, scratch } = convolution;
  const delta = deltaOf(output.grad, convolution);
  return calls.weightSums(delta, { x: input.tangent }, scratch.tangent.crossSums, scratch.weights);
}

/** R{gx} = W' R{gz} + R{W}' gz. */
function tangentBack(convolution: Convolution): PlannedLayer['tangentBackward'] {
  const { layer, input, output, calls, scratch } = convolution;
  const { weight } = layer.blocks;
  const to = input.tangentGrad;
  const { packedBack } = scratch.tangent;
  const move = calls.backConvolve(deltaOf(output.tangentGrad, convolution), scratch.packedBack, to, scratch.input);
  const cross = calls.backConvolve(deltaOf(output.grad, convolution), packedBack, to, scratch.input, true);
  return (pass, gaussNewton) => {
    move(pass);
    if (gaussNewton) return;
    if (pass.first === 0) calls.packBack(weight.tangent, packedBack);
    cross(pass);
  };
}
