import {
  type Call,
  nothing,
  type PlacedOf,
  type PlanContext,
  type PlannedLayer,
  sampleTensor,
  type Tensor,
} from '../planned.js';
import type { avgPool2d } from './kind.js';

/** Average pooling, whose tangents are its own passes again. Shapes: input and output [sample][y][x][channel]. */
export function planAvgPool2d(layer: PlacedOf<typeof avgPool2d>, input: Tensor, context: PlanContext): PlannedLayer {
  const { avgPoolForward, avgPoolBackward } = context.kernels;
  const [channels = 0, height = 0, width = 0] = layer.input;
  const { size } = layer.spec;
  const output = sampleTensor(context, layer.output, input.grad !== 0);
  const average = (from: number, to: number): Call =>
    from === 0 ? nothing : ({ samples }) => avgPoolForward(from, to, samples, height, width, channels, size);
  const spread = (from: number, to: number): Call =>
    to === 0 ? nothing : ({ samples }) => avgPoolBackward(from, to, samples, height, width, channels, size);
  return {
    name: `${layer.index} avgPool2d`,
    output,
    forward: average(input.value, output.value),
    backward: spread(output.grad, input.grad),
    tangentForward: average(input.tangent, output.tangent),
    tangentBackward: spread(output.tangentGrad, input.tangentGrad),
  };
}
