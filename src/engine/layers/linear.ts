import type { ParameterLayout } from '../network/parameters.js';
import type { ShapedLayer } from '../shapes.js';
import { featureTensor, type Pass, type PlanContext, type PlannedLayer, type Tensor } from './layer.js';

/** Epilogues of the kernel `linearMultiply`. */
const plain = 0;
const activate = 1;
const mask = 2;
const round = 4;

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
  const output = featureTensor(context, layer.output, outputs, {
    gradEnds: input.grad === 0,
    ...(activation?.maskedByReader && { maskSlope: slope }),
  });
  const row = 4 * inputs;
  const biasScratch = context.curvature ? context.arena.floats(outputs) : 0;

  /** to (+)= W' from, masked by the activation that made the input where this layer is the one to do so. */
  const backThrough = (
    matrix: number,
    from: number,
    to: number,
    { padded, stride }: Pass,
    accumulate: boolean,
    masked: boolean,
  ): void => {
    const epilogue = (masked && input.maskSlope !== undefined ? mask : plain) + (input.gradEnds ? plain : round);
    kernels.linearMultiply(
      matrix,
      4,
      row,
      0,
      from,
      to,
      input.value,
      inputs,
      outputs,
      padded,
      stride,
      accumulate,
      epilogue,
      input.maskSlope ?? 0,
    );
  };

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
        false,
        activation ? activate : plain,
        slope,
      );
    },
    backward(pass) {
      const { padded, stride, accumulate, last } = pass;
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
      if (input.grad !== 0) backThrough(weight.value, output.grad, input.grad, pass, false, true);
      if (last) context.update(weight.start, weight.length + bias.length);
    },
    tangentForward({ padded, stride }) {
      const multiply = (matrix: number, start: number, x: number, accumulate: boolean): void =>
        kernels.linearMultiply(
          matrix,
          row,
          4,
          start,
          x,
          output.tangent,
          0,
          outputs,
          inputs,
          padded,
          stride,
          accumulate,
          plain,
          0,
        );
      multiply(weight.tangent, bias.tangent, input.value, false);
      if (input.tangent !== 0) multiply(weight.value, 0, input.tangent, true);
      if (activation) kernels.leakyBackward(output.tangent, output.value, output.tangent, outputs * stride, slope);
    },
    tangentBackward(pass, gaussNewton) {
      const { padded, stride, accumulate } = pass;
      if (activation && !activation.maskedByReader) {
        kernels.leakyBackward(output.tangentGrad, output.value, output.tangentGrad, outputs * stride, slope);
      }
      kernels.linearGradients(
        output.tangentGrad,
        input.value,
        weight.product,
        bias.product,
        outputs,
        inputs,
        padded,
        stride,
        accumulate,
      );
      const crossTerms = !gaussNewton && input.tangent !== 0;
      if (crossTerms) {
        kernels.linearGradients(
          output.grad,
          input.tangent,
          weight.product,
          biasScratch,
          outputs,
          inputs,
          padded,
          stride,
          true,
        );
      }
      if (input.tangentGrad === 0) return;
      backThrough(weight.value, output.tangentGrad, input.tangentGrad, pass, false, gaussNewton);
      if (!gaussNewton) backThrough(weight.tangent, output.grad, input.tangentGrad, pass, true, true);
    },
  };
}
