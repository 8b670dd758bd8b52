import {
  type Call,
  nothing,
  type Pass,
  type PlacedOf,
  type PlanContext,
  type PlannedLayer,
  type Tensor,
  tensorFloats,
  tensorLike,
} from '../planned.js';
import type { dropout } from './kind.js';

/**
 * Dropout: each value is 0 with probability `rate`, else value / (1 - rate); the identity when not training.
 * Masks come from Philox4x32-10 with the counter (sample, feature, step, layer): docs/random-numbers.md.
 *
 * Shapes: input and output alike, in either layout.
 */
export function planDropout(layer: PlacedOf<typeof dropout>, input: Tensor, context: PlanContext): PlannedLayer {
  const { arena, capacity, maxStride } = context;
  const { multiply, copyFloats } = context.kernels;
  const output = tensorLike(input, context);
  const mask = arena.floats(input.size * Math.max(capacity, maxStride));
  const drawMask = maskDraws(layer, input, context, mask);
  const copy =
    (from: number, to: number) =>
    (pass: Readonly<Pass>): void => {
      if (to !== 0) copyFloats(from, to, tensorFloats(output, pass));
    };
  const copyForward = copy(input.value, output.value);
  const copyBack = copy(output.grad, input.grad);
  return {
    name: `${layer.index} dropout`,
    output,
    forward(pass) {
      if (!pass.training) return copyForward(pass);
      drawMask(pass);
      multiply(input.value, mask, output.value, tensorFloats(output, pass));
    },
    backward(pass) {
      if (!pass.training) return copyBack(pass);
      if (input.grad !== 0) multiply(output.grad, mask, input.grad, tensorFloats(output, pass));
    },
    tangentForward: input.tangent === 0 ? nothing : copy(input.tangent, output.tangent),
    tangentBackward: copy(output.tangentGrad, input.tangentGrad),
  };
}

/** Draws the mask of a micro-batch. */
function maskDraws(
  { spec: { rate }, index }: PlacedOf<typeof dropout>,
  { layout, size }: Tensor,
  { kernels: { dropoutMask }, dropoutKey: [key0, key1] }: PlanContext,
  mask: number,
): Call {
  // 2^32 itself would be 0 in 32 bits: a rate that near to 1 would drop nothing.
  const threshold = Math.min(Math.round(rate * 2 ** 32), 2 ** 32 - 1);
  const keep = 1 / (1 - rate);
  return ({ samples, stride, first, step }) => {
    const feature = layout === 'features' ? 4 * stride : 4;
    const sample = layout === 'features' ? 4 : 4 * size;
    dropoutMask(mask, size, samples, feature, sample, first, step, index, key0, key1, threshold, keep);
  };
}
