import { product, type ShapedLayer } from '../shapes.js';
import { type PlanContext, type PlannedLayer, sampleTensor, type Tensor } from './layer.js';

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
  const { kernels, arena, capacity } = context;
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
  const rowTaps = Math.ceil((kernel * cin) / 4) * 4;
  const packedForward = arena.floats(paddedChannels * (1 + kernel * kernel * cin));
  const packedGradInput = arena.floats(cout * kernel * rowTaps);
  const sums = arena.floats(cout * kernel * rowTaps + paddedChannels);
  const weightScratch = arena.bytes(
    kernels.convGradWeightsScratch(height, width, cin, cout, cellRows, cellColumns, size),
  );
  const inputScratch = arena.bytes(kernels.convGradInputScratch(cout, size));
  const convolved = tail.pool ? arena.floats(capacity * rows * columns * cout) : output.value;
  const argmax = tail.pool ? arena.bytes(capacity * cellRows * cellColumns * cout) : 0;
  const outputFloats = (samples: number): number => Math.ceil((samples * product(output.shape)) / 4) * 4;

  return {
    name: `${layer.index} conv2d`,
    output,
    forward({ samples, first }) {
      if (first === 0) kernels.convPackForward(weight.value, bias.value, packedForward, cin, cout, kernel);
      kernels.convForward(
        input.value,
        masks,
        packedForward,
        convolved,
        samples,
        height,
        width,
        cin,
        cout,
        kernel,
        rows,
        columns,
        false,
      );
      if (tail.pool) kernels.maxPoolForward(convolved, output.value, argmax, samples, rows, columns, cout, size);
      if (tail.slope !== undefined) kernels.leakyForward(output.value, output.value, outputFloats(samples), tail.slope);
    },
    backward({ samples, first, accumulate, last }) {
      if (tail.slope !== undefined)
        kernels.leakyBackward(output.grad, output.value, output.grad, outputFloats(samples), tail.slope);
      kernels.convGradWeights(
        input.value,
        masks,
        output.grad,
        argmax,
        sums,
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
      if (input.grad !== 0) {
        if (first === 0) kernels.convPackGradInput(weight.value, packedGradInput, cin, cout, kernel);
        kernels.convGradInput(
          output.grad,
          argmax,
          packedGradInput,
          input.grad,
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
          false,
        );
      }
      if (last) {
        kernels.convUnpackGradients(sums, weight.grad, bias.grad, cin, cout, kernel, false);
        context.update(weight.start, weight.length + bias.length);
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
  };
}
