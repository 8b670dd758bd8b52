import {
  type Call,
  featureTensor,
  nothing,
  type PlacedOf,
  type PlanContext,
  type PlannedLayer,
  type Tensor,
} from '../planned.js';
import type { flatten } from './kind.js';

/** Flatten: values move where they lie by sample, and stay where they lie by feature. */
export const planFlatten = (layer: PlacedOf<typeof flatten>, input: Tensor, context: PlanContext): PlannedLayer =>
  input.layout === 'samples'
    ? planTranspose(`${layer.index} flatten`, input, context)
    : {
        name: `${layer.index} flatten`,
        output: { ...input, shape: layer.output },
        forward: nothing,
        backward: nothing,
        tangentForward: nothing,
        tangentBackward: nothing,
      };

/** From [sample][y][x][channel] to [feature][stride], features in PyTorch's order (channel, y, x). */
export function planTranspose(name: string, input: Tensor, context: PlanContext): PlannedLayer {
  const { flattenForward, flattenBackward } = context.kernels;
  const [channels = 0, height = 0, width = 0] = input.shape;
  const area = height * width;
  const output = featureTensor(context, [input.size], input.size);
  const forth = (from: number, to: number): Call =>
    from === 0
      ? nothing
      : ({ samples, padded, stride }) => flattenForward(from, to, samples, area, channels, padded, stride);
  const back = (from: number, to: number): Call =>
    to === 0 ? nothing : ({ samples, stride }) => flattenBackward(from, to, samples, area, channels, stride);
  return {
    name,
    output,
    forward: forth(input.value, output.value),
    backward: back(output.grad, input.grad),
    tangentForward: forth(input.tangent, output.tangent),
    tangentBackward: back(output.tangentGrad, input.tangentGrad),
  };
}
