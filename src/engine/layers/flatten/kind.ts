import { layerKind } from '../kind.js';
import { product } from '../shape.js';

/** An image as a row of numbers (`nn.Flatten`). Shapes: x [channels, height, width], y [channels * height * width]. */
export const flatten = layerKind({
  kind: 'flatten',
  fields: {},
  output: (_spec, input) => [product(input)],
  tensors: () => ({}),
  work: (_spec, _input, output) => product(output),
  words: () => 'flatten',
});
