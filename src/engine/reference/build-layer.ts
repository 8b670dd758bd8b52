import { defaultLeakySlope } from '../network-spec.js';
import { product, type ShapedLayer } from '../shapes.js';
import { leakyReluLayer, tanhLayer } from './activations.js';
import { conv2dLayer } from './conv2d.js';
import { dropoutLayer } from './dropout.js';
import { flattenLayer } from './flatten.js';
import type { ParameterFree, ReferenceLayer } from './layer.js';
import { linearLayer } from './linear.js';
import { maxPool2dLayer } from './max-pool2d.js';

/** The reference's version of a layer whose shapes are known. */
export function buildLayer({ spec, input, output }: ShapedLayer): ReferenceLayer {
  const withoutParameters = (passes: ParameterFree): ReferenceLayer => ({
    inputSize: product(input),
    outputSize: product(output),
    parameterCount: 0,
    ...passes,
  });
  switch (spec.kind) {
    case 'linear':
      return linearLayer(input[0]!, spec.features);
    case 'conv2d':
      return conv2dLayer([input[0]!, input[1]!, input[2]!], spec.channels, spec.kernel);
    case 'maxPool2d':
      return withoutParameters(maxPool2dLayer([input[1]!, input[2]!], spec.size));
    case 'relu':
      return withoutParameters(leakyReluLayer(0));
    case 'leakyRelu':
      return withoutParameters(leakyReluLayer(spec.slope ?? defaultLeakySlope));
    case 'tanh':
      return withoutParameters(tanhLayer);
    case 'dropout':
      return withoutParameters(dropoutLayer);
    case 'flatten':
      return withoutParameters(flattenLayer);
  }
}
