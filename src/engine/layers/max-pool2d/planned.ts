import { poolCalls } from '../../bindings/pool.js';
import {
  type Call,
  nothing,
  type PlacedOf,
  type PlanContext,
  type PlannedLayer,
  sampleTensor,
  type Tensor,
} from '../planned.js';
import type { maxPool2d } from './kind.js';

/** Max pooling that does not follow a convolution directly. Shapes: input and output [sample][y][x][channel]. */
export function planMaxPool2d(layer: PlacedOf<typeof maxPool2d>, input: Tensor, context: PlanContext): PlannedLayer {
  const [channels = 0, height = 0, width = 0] = layer.input;
  const output = sampleTensor(context, layer.output, input.grad !== 0);
  const argmax = context.arena.bytes(context.capacity * output.size);
  const calls = poolCalls(context.kernels, { height, width, channels, size: layer.spec.size });
  const back = (from: number, to: number): Call => (to === 0 ? nothing : calls.backward(from, argmax, to));
  return {
    name: `${layer.index} maxPool2d`,
    output,
    forward: calls.forward(input.value, output.value, argmax),
    backward: back(output.grad, input.grad),
    tangentForward: input.tangent === 0 ? nothing : calls.tangent(input.tangent, argmax, output.tangent),
    tangentBackward: back(output.tangentGrad, input.tangentGrad),
  };
}
