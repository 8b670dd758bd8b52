import { product, type ShapedLayer } from '../shapes.js';
import { featureTensor, type PlanContext, type PlannedLayer, type Tensor } from './layer.js';

/** From [sample][y][x][channel] to [feature][stride], features in PyTorch's order (channel, y, x). */
export function planFlatten(name: string, input: Tensor, context: PlanContext): PlannedLayer {
  const { kernels } = context;
  const [channels, height, width] = input.shape as [number, number, number];
  const area = height * width;
  const output = featureTensor(context, [product(input.shape)], product(input.shape));
  return {
    name,
    output,
    forward({ samples, padded, stride }) {
      kernels.flattenForward(input.value, output.value, samples, area, channels, padded, stride);
    },
    backward({ samples, stride }) {
      if (input.grad !== 0) kernels.flattenBackward(output.grad, input.grad, samples, area, channels, stride);
    },
    tangentForward({ samples, padded, stride }) {
      if (input.tangent !== 0)
        kernels.flattenForward(input.tangent, output.tangent, samples, area, channels, padded, stride);
    },
    tangentBackward({ samples, stride }) {
      if (input.tangentGrad !== 0)
        kernels.flattenBackward(output.tangentGrad, input.tangentGrad, samples, area, channels, stride);
    },
  };
}

/** Flatten where values already lie by feature: nothing moves. */
export function planFlattenInPlace(layer: ShapedLayer, input: Tensor): PlannedLayer {
  return {
    name: `${layer.index} flatten`,
    output: { ...input, shape: layer.output },
    forward() {},
    backward() {},
    tangentForward() {},
    tangentBackward() {},
  };
}
