import { product, type ShapedLayer } from '../shapes.js';
import { type PlanContext, type PlannedLayer, sampleTensor, type Tensor, tensorFloats } from './layer.js';

/** What is computed together with a convolution: the pooling behind it, and a leaky ReLU behind both. */
export interface ConvolutionTail {
  readonly pool?: ShapedLayer;
  readonly slope?: number;
}

/**
 * A convolution (stride 1, no padding) with what is fused behind it. The pooling's argmax also serves the convolution's gradient,
 * which so reads one value for each window; rows and columns that the pooling drops are never computed.
 *
 * Shapes: input [sample][height][width][cin], output [sample][y][x][cout]; W [cout][cin][kernel][kernel].
 */
export function planConv2d(
  layer: ShapedLayer,
  tail: ConvolutionTail,
  input: Tensor,
  context: PlanContext,
): PlannedLayer {
  const { kernels, arena, capacity, curvature } = context;
  const kernel = layer.spec.kind === 'conv2d' ? layer.spec.kernel : 0;
  const size = tail.pool?.spec.kind === 'maxPool2d' ? tail.pool.spec.size : 1;
  const [cin, height, width] = layer.input as [number, number, number];
  const cout = layer.output[0]!;
  const [, cellRows, cellColumns] = (tail.pool ?? layer).output as [number, number, number];
  const rows = cellRows * size;
  const columns = cellColumns * size;
  const [weight, bias] = context.parametersOf(layer);
  const output = sampleTensor(context, (tail.pool ?? layer).output, true);
  const masks = input.rowMasks ?? 0;

  const paddedChannels = Math.ceil(cout / 4) * 4;
  const gradFloats = cout * kernel * Math.ceil((kernel * cin) / 4) * 4;
  const forwardFloats = paddedChannels * (1 + kernel * kernel * cin);
  const packed = { forward: arena.floats(forwardFloats), back: arena.floats(gradFloats) };
  const sums = arena.floats(gradFloats + paddedChannels);
  // The kernels count in 32 bits: they are not asked for the scratch of what is refused anyway.
  const scratch = (bytes: () => number): number => arena.bytes(arena.fits() ? bytes() >>> 0 : 0);
  const weightScratch = scratch(() =>
    kernels.convGradWeightsScratch(height, width, cin, cout, cellRows, cellColumns, size),
  );
  const inputScratch = scratch(() => kernels.convGradInputScratch(cout, size));
  const argmax = tail.pool ? arena.bytes(capacity * cellRows * cellColumns * cout) : 0;
  const convolved = tail.pool ? arena.floats(capacity * rows * columns * cout) : output.value;

  const convolve = (
    x: number,
    rowMasks: number,
    weights: number,
    out: number,
    samples: number,
    accumulate: boolean,
  ): void =>
    kernels.convForward(
      x,
      rowMasks,
      weights,
      out,
      samples,
      height,
      width,
      cin,
      cout,
      kernel,
      rows,
      columns,
      accumulate,
    );
  const gradWeights = (
    x: number,
    rowMasks: number,
    grad: number,
    into: number,
    samples: number,
    accumulate: boolean,
  ): void =>
    kernels.convGradWeights(
      x,
      rowMasks,
      grad,
      argmax,
      into,
      weightScratch,
      samples,
      height,
      width,
      cin,
      cout,
      kernel,
      cellRows,
      cellColumns,
      size,
      accumulate,
    );
  const gradInput = (grad: number, weights: number, into: number, samples: number, accumulate: boolean): void =>
    kernels.convGradInput(
      grad,
      argmax,
      weights,
      into,
      inputScratch,
      samples,
      height,
      width,
      cin,
      cout,
      kernel,
      cellRows,
      cellColumns,
      size,
      accumulate,
    );

  const take = (floats: number): number => (curvature ? arena.floats(floats) : 0);
  const tangent = {
    forward: take(forwardFloats),
    withoutBias: take(forwardFloats),
    back: take(gradFloats),
    sums: take(gradFloats + paddedChannels),
    crossSums: take(gradFloats + paddedChannels),
    biasScratch: take(cout),
  };
  // The convolved values are not read again once they are pooled.
  const convolvedTangent = tail.pool ? convolved : output.tangent;

  return {
    name: `${layer.index} conv2d`,
    output,
    forward(pass) {
      const { samples, first } = pass;
      if (first === 0) kernels.convPackForward(weight.value, bias.value, packed.forward, cin, cout, kernel);
      convolve(input.value, masks, packed.forward, convolved, samples, false);
      if (tail.pool) kernels.maxPoolForward(convolved, output.value, argmax, samples, rows, columns, cout, size);
      if (tail.slope !== undefined)
        kernels.leakyForward(output.value, output.value, tensorFloats(output, pass), tail.slope);
    },
    backward(pass) {
      const { samples, first, accumulate, last } = pass;
      if (tail.slope !== undefined)
        kernels.leakyBackward(output.grad, output.value, output.grad, tensorFloats(output, pass), tail.slope);
      gradWeights(input.value, masks, output.grad, sums, samples, accumulate);
      if (input.grad !== 0) {
        if (first === 0) kernels.convPackGradInput(weight.value, packed.back, cin, cout, kernel);
        gradInput(output.grad, packed.back, input.grad, samples, false);
      }
      if (last) {
        kernels.convUnpackGradients(sums, weight.grad, bias.grad, cin, cout, kernel, false);
        context.update(weight.start, weight.length + bias.length);
      }
    },
    tangentForward(pass) {
      const { samples, first } = pass;
      if (first === 0) {
        kernels.convPackForward(weight.tangent, bias.tangent, tangent.forward, cin, cout, kernel);
        kernels.convPackForward(weight.value, 0, tangent.withoutBias, cin, cout, kernel);
      }
      convolve(input.value, masks, tangent.forward, convolvedTangent, samples, false);
      if (input.tangent !== 0) convolve(input.tangent, 0, tangent.withoutBias, convolvedTangent, samples, true);
      if (tail.pool)
        kernels.maxPoolTangent(convolvedTangent, argmax, output.tangent, samples, rows, columns, cout, size);
      if (tail.slope !== undefined)
        kernels.leakyBackward(output.tangent, output.value, output.tangent, tensorFloats(output, pass), tail.slope);
    },
    tangentBackward(pass, gaussNewton) {
      const { samples, first, accumulate, last } = pass;
      const crossTerms = !gaussNewton && input.tangent !== 0;
      if (tail.slope !== undefined)
        kernels.leakyBackward(
          output.tangentGrad,
          output.value,
          output.tangentGrad,
          tensorFloats(output, pass),
          tail.slope,
        );
      gradWeights(input.value, masks, output.tangentGrad, tangent.sums, samples, accumulate);
      if (crossTerms) gradWeights(input.tangent, 0, output.grad, tangent.crossSums, samples, accumulate);
      if (input.tangentGrad !== 0) {
        gradInput(output.tangentGrad, packed.back, input.tangentGrad, samples, false);
        if (!gaussNewton) {
          if (first === 0) kernels.convPackGradInput(weight.tangent, tangent.back, cin, cout, kernel);
          gradInput(output.grad, tangent.back, input.tangentGrad, samples, true);
        }
      }
      if (last) {
        kernels.convUnpackGradients(tangent.sums, weight.product, bias.product, cin, cout, kernel, false);
        // The cross terms belong to the weights alone: what they add up for the bias is the plain gradient.
        if (crossTerms)
          kernels.convUnpackGradients(tangent.crossSums, weight.product, tangent.biasScratch, cin, cout, kernel, true);
      }
    },
  };
}

/** Max pooling that does not follow a convolution directly. Shapes: input and output [sample][y][x][channel]. */
export function planMaxPool2d(layer: ShapedLayer, size: number, input: Tensor, context: PlanContext): PlannedLayer {
  const { kernels, arena, capacity } = context;
  const [channels, height, width] = layer.input as [number, number, number];
  const output = sampleTensor(context, layer.output, input.grad !== 0);
  const argmax = arena.bytes(capacity * product(layer.output));
  return {
    name: `${layer.index} maxPool2d`,
    output,
    forward({ samples }) {
      kernels.maxPoolForward(input.value, output.value, argmax, samples, height, width, channels, size);
    },
    backward({ samples }) {
      if (input.grad !== 0)
        kernels.maxPoolBackward(output.grad, argmax, input.grad, samples, height, width, channels, size);
    },
    tangentForward({ samples }) {
      if (input.tangent !== 0)
        kernels.maxPoolTangent(input.tangent, argmax, output.tangent, samples, height, width, channels, size);
    },
    tangentBackward({ samples }) {
      if (input.tangentGrad !== 0)
        kernels.maxPoolBackward(output.tangentGrad, argmax, input.tangentGrad, samples, height, width, channels, size);
    },
  };
}
