import type { ParameterLayout } from '../parameters.js';
import type { ShapedLayer } from '../shapes.js';
import { featureTensor, type PlanContext, type PlannedLayer, type Tensor } from './layer.js';

/** Epilogues of the kernel `linearMultiply`. */
const plain = 0;
const activate = 1;
const mask = 2;

/** A leaky ReLU computed together with the linear layer before it. */
export interface FusedActivation {
  readonly slope: number;
  /** True if the layer that follows multiplies its gradient by the derivative itself; else this layer does. */
  readonly maskedByReader: boolean;
}

/** PyTorch's order serves the dense kernels as it is. */
export const linearLayout = (size: number): ParameterLayout => ({ length: size });

/**
 * A dense linear layer, z = W x + b, with an activation fused behind it where there is one.
 *
 * Shapes: input [inputs][stride], output [outputs][stride]; W [outputs][inputs].
 */
export function planLinear(
  layer: ShapedLayer,
  input: Tensor,
  activation: FusedActivation | undefined,
  context: PlanContext,
): PlannedLayer {
  const { kernels } = context;
  const inputs = layer.input[0]!;
  const outputs = layer.output[0]!;
  const [weight, bias] = context.parametersOf(layer);
  const slope = activation?.slope ?? 0;
  const output = featureTensor(context, layer.output, outputs, activation?.maskedByReader ? slope : undefined);
  const row = 4 * inputs;
  return {
    name: `${layer.index} linear`,
    output,
    forward({ padded, stride }) {
      kernels.linearMultiply(
        weight.value,
        row,
        4,
        bias.value,
        input.value,
        output.value,
        0,
        outputs,
        inputs,
        padded,
        stride,
        activation ? activate : plain,
        slope,
      );
    },
    backward({ padded, stride, accumulate, last }) {
      if (activation && !activation.maskedByReader) {
        kernels.leakyBackward(output.grad, output.value, output.grad, outputs * stride, slope);
      }
      kernels.linearGradients(
        output.grad,
        input.value,
        weight.grad,
        bias.grad,
        outputs,
        inputs,
        padded,
        stride,
        accumulate,
      );
      if (input.grad !== 0) {
        // dx = W' dz: the same kernel with rows and columns of W exchanged.
        kernels.linearMultiply(
          weight.value,
          4,
          row,
          0,
          output.grad,
          input.grad,
          input.value,
          inputs,
          outputs,
          padded,
          stride,
          input.maskSlope === undefined ? plain : mask,
          input.maskSlope ?? 0,
        );
      }
      if (last) context.update(weight.start, weight.length + bias.length);
    },
  };
}
