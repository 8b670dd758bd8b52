import { product, type ShapedLayer } from '../shapes.js';
import { type PlanContext, type PlannedLayer, type Tensor, tensorFloats, tensorLike } from './layer.js';

/** relu or leakyRelu that could not be fused with a linear layer. */
export function planLeakyRelu(layer: ShapedLayer, slope: number, input: Tensor, context: PlanContext): PlannedLayer {
  const { kernels } = context;
  const output = tensorLike(input, context);
  return {
    name: `${layer.index} ${layer.spec.kind}`,
    output,
    forward(pass) {
      kernels.leakyForward(input.value, output.value, tensorFloats(output, pass), slope);
    },
    backward(pass) {
      if (input.grad !== 0)
        kernels.leakyBackward(output.grad, output.value, input.grad, tensorFloats(output, pass), slope);
    },
    tangentForward(pass) {
      if (input.tangent !== 0)
        kernels.leakyBackward(input.tangent, output.value, output.tangent, tensorFloats(output, pass), slope);
    },
    tangentBackward(pass) {
      if (input.tangentGrad !== 0)
        kernels.leakyBackward(output.tangentGrad, output.value, input.tangentGrad, tensorFloats(output, pass), slope);
    },
  };
}

export function planTanh(layer: ShapedLayer, input: Tensor, context: PlanContext): PlannedLayer {
  const { kernels } = context;
  const output = tensorLike(input, context);
  return {
    name: `${layer.index} tanh`,
    output,
    forward(pass) {
      kernels.tanhForward(input.value, output.value, tensorFloats(output, pass));
    },
    backward(pass) {
      if (input.grad !== 0) kernels.tanhBackward(output.grad, output.value, input.grad, tensorFloats(output, pass));
    },
    tangentForward(pass) {
      if (input.tangent !== 0)
        kernels.tanhBackward(input.tangent, output.value, output.tangent, tensorFloats(output, pass));
    },
    tangentBackward(pass, gaussNewton) {
      if (input.tangentGrad === 0) return;
      const count = tensorFloats(output, pass);
      kernels.tanhBackward(output.tangentGrad, output.value, input.tangentGrad, count);
      if (!gaussNewton) kernels.tanhCurvature(output.grad, output.value, output.tangent, input.tangentGrad, count);
    },
  };
}

/**
 * Dropout: each value is 0 with probability `rate`, else value / (1 - rate); the identity when not training.
 * Masks come from Philox4x32-10 with the counter (sample, feature, step, layer): docs/random-numbers.md.
 */
export function planDropout(layer: ShapedLayer, rate: number, input: Tensor, context: PlanContext): PlannedLayer {
  const { kernels, arena, capacity, maxStride, dropoutKey } = context;
  const output = tensorLike(input, context);
  const features = product(input.shape);
  const mask = arena.floats(features * Math.max(capacity, maxStride));
  // 2^32 itself would be 0 in 32 bits: a rate that near to 1 would drop nothing.
  const threshold = Math.min(Math.round(rate * 2 ** 32), 2 ** 32 - 1);
  const keep = 1 / (1 - rate);
  return {
    name: `${layer.index} dropout`,
    output,
    forward(pass) {
      const count = tensorFloats(output, pass);
      if (pass.training) {
        const [featureStride, sampleStride] = input.layout === 'features' ? [4 * pass.stride, 4] : [4, 4 * features];
        kernels.dropoutMask(
          mask,
          features,
          pass.samples,
          featureStride,
          sampleStride,
          pass.first,
          pass.step,
          layer.index,
          dropoutKey[0],
          dropoutKey[1],
          threshold,
          keep,
        );
        kernels.multiply(input.value, mask, output.value, count);
      } else {
        kernels.copyFloats(input.value, output.value, count);
      }
    },
    backward(pass) {
      if (input.grad === 0) return;
      const count = tensorFloats(output, pass);
      if (pass.training) kernels.multiply(output.grad, mask, input.grad, count);
      else kernels.copyFloats(output.grad, input.grad, count);
    },
    tangentForward(pass) {
      if (input.tangent !== 0) kernels.copyFloats(input.tangent, output.tangent, tensorFloats(output, pass));
    },
    tangentBackward(pass) {
      if (input.tangentGrad !== 0)
        kernels.copyFloats(output.tangentGrad, input.tangentGrad, tensorFloats(output, pass));
    },
  };
}
