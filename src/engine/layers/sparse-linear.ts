import type { ParameterLayout } from '../network/parameters.js';
import { product, type ShapedLayer } from '../shapes.js';
import { featureTensor, type Pass, type PlanContext, type PlannedLayer } from './layer.js';
import type { FusedActivation } from './linear.js';

/** Outputs that share a panel of weights; the kernels' own constant, checked when a network is planned. */
export const panelWidth = 20;

/** A batch of byte images: [capacity][stride] bytes, `stride` a multiple of 16, zeros behind the last pixel. */
export interface ByteImages {
  readonly pointer: number;
  readonly stride: number;
}

/** Panels [panel][input][20]: element (o, i) of PyTorch's [outputs][inputs] at ((o div 20) * inputs + i) * 20 + o mod 20. */
export function sparseWeightLayout(outputs: number, inputs: number): ParameterLayout {
  return {
    length: Math.ceil(outputs / panelWidth) * panelWidth * inputs,
    position: (element) => {
      const o = Math.floor(element / inputs);
      const i = element - o * inputs;
      return (Math.floor(o / panelWidth) * inputs + i) * panelWidth + (o % panelWidth);
    },
  };
}

export const sparseBiasLayout = (outputs: number): ParameterLayout => ({
  length: Math.ceil(outputs / panelWidth) * panelWidth,
});

/** A copy of byte images with room for `capacity` samples. */
export function planByteImages(pixels: number, context: PlanContext): ByteImages {
  const stride = Math.ceil(pixels / 16) * 16;
  return { pointer: context.arena.bytes(context.capacity * stride), stride };
}

/** The value of each byte, byte / 255 in float32 as PyTorch's `ToTensor`. Shapes: [256] */
const byteScale = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/**
 * The first linear layer on byte images, reading only non-zero pixels, with an activation fused behind it where there is one.
 * A panel's weights are updated right after its gradient, while both are in the cache.
 *
 * Shapes: output [outputs][stride].
 */
export function planSparseLinear(
  layer: ShapedLayer,
  images: ByteImages,
  activation: FusedActivation | undefined,
  context: PlanContext,
): PlannedLayer {
  const { kernels, arena, capacity } = context;
  if (kernels.sparsePanelWidth() !== panelWidth)
    throw new Error(`kernels: expected panels of ${panelWidth}, got ${kernels.sparsePanelWidth()}`);
  const pixels = product(layer.input);
  const outputs = layer.output[0]!;
  const panels = Math.ceil(outputs / panelWidth);
  const [weight, bias] = context.parametersOf(layer);
  const slope = activation?.slope ?? 0;
  const output = featureTensor(context, layer.output, panels * panelWidth, {
    gradEnds: true,
    ...(activation?.maskedByReader && { maskSlope: slope }),
  });

  const scale = arena.constants(byteScale);
  const rowStarts = arena.bytes(4 * (capacity + 1));
  const rows = arena.bytes(8 * capacity * images.stride);
  const columnEnds = arena.bytes(4 * images.stride);
  const columns = arena.bytes(bucketBytes(capacity) * images.stride);
  const block = arena.floats(panelWidth * Math.max(capacity, 4));
  const panelFloats = pixels * panelWidth;

  /** out = (matrix) x + start for every panel, through the activation where `activated`. */
  const multiply = (matrix: number, start: number, out: number, { padded, stride }: Pass, activated: boolean): void => {
    for (let panel = 0; panel < panels; panel++) {
      kernels.sparseForward(
        matrix + 4 * panel * panelFloats,
        start + 4 * panel * panelWidth,
        rowStarts,
        out + 4 * panel * panelWidth * stride,
        block,
        padded,
        stride,
        activated,
        slope,
      );
    }
  };

  /** Gradients of weights, a panel every `gradFloats` floats, and of the bias for a gradient of the output; `done` is told each panel. */
  const differentiate = (
    delta: number,
    weightGrad: number,
    biasGrad: number,
    pass: Pass,
    gradFloats = panelFloats,
    done?: (panel: number) => void,
  ): void => {
    const { padded, stride, accumulate } = pass;
    if (activation && !activation.maskedByReader)
      kernels.leakyBackward(delta, output.value, delta, outputs * stride, slope);
    kernels.rowSums(delta, biasGrad, outputs, padded, stride, accumulate);
    for (let panel = 0; panel < panels; panel++) {
      kernels.sparseGatherDelta(delta + 4 * panel * panelWidth * stride, block, padded, stride);
      kernels.sparseGradient(
        columns,
        bucketBytes(padded),
        columnEnds,
        pixels,
        block,
        weightGrad + 4 * panel * gradFloats,
        accumulate,
      );
      done?.(panel);
    }
  };

  return {
    name: `${layer.index} linear (sparse input)`,
    output,
    forward(pass) {
      const { samples, padded } = pass;
      kernels.sparseLists(
        images.pointer,
        images.stride,
        pixels,
        samples,
        padded,
        scale,
        rowStarts,
        rows,
        columnEnds,
        columns,
        bucketBytes(padded),
      );
      multiply(weight.value, bias.value, output.value, pass, activation !== undefined);
    },
    backward(pass) {
      const { last, accumulate, keepGradients } = pass;
      // A gradient that only the optimizer reads is overwritten by the next panel's, and so never leaves the cache.
      const gradFloats = keepGradients || accumulate || !last ? panelFloats : 0;
      const updatePanel = (panel: number): void =>
        context.update(weight.start + panel * panelFloats, panelFloats, weight.start + panel * gradFloats);
      differentiate(output.grad, weight.grad, bias.grad, pass, gradFloats, last ? updatePanel : undefined);
      if (last) context.update(bias.start, bias.length);
    },
    tangentForward(pass) {
      multiply(weight.tangent, bias.tangent, output.tangent, pass, false);
      if (activation) kernels.leakyBackward(output.tangent, output.value, output.tangent, outputs * pass.stride, slope);
    },
    tangentBackward(pass) {
      differentiate(output.tangentGrad, weight.product, bias.product, pass);
    },
  };
}

/** Bytes from one pixel's bucket to the next: room for every sample, and not a power of two apart, or buckets would share cache sets. */
const bucketBytes = (samples: number): number => (samples % 32 === 0 ? 8 * samples + 64 : 8 * samples);
