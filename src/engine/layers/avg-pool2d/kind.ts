import { count } from '../../../base/fields.js';
import { layerKind } from '../kind.js';
import { product, requireImage, requireWindow } from '../shape.js';

/**
 * Mean over squares of `size`, stride `size`; a remainder at the right and bottom is left out (`nn.AvgPool2d`).
 *
 * Shapes: x [channels, height, width], y [channels, floor(height / size), floor(width / size)].
 */
export const avgPool2d = layerKind({
  kind: 'avgPool2d',
  fields: { size: count('rows and columns of the window, in pixels') },
  output({ size }, input, at) {
    const [channels, height, width] = requireImage(input, at, 'avgPool2d');
    requireWindow(size, height, width, `${at}.size`);
    return [channels, Math.floor(height / size), Math.floor(width / size)];
  },
  tensors: () => ({}),
  work: (_spec, _input, output) => product(output),
  words: ({ size }) => `average pool ${size}`,
});
