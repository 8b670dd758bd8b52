import { SpecError } from '../../../base/errors.js';
import { count } from '../../../base/fields.js';
import { layerKind } from '../kind.js';
import { product, requireImage, requireWindow } from '../shape.js';

/** Largest window: the kernels keep a position in it as a byte. */
const largestWindow = 16;

/**
 * Maximum over squares of `size`, stride `size`; a remainder at the right and bottom is left out (`nn.MaxPool2d`).
 *
 * Shapes: x [channels, height, width], y [channels, floor(height / size), floor(width / size)].
 */
export const maxPool2d = layerKind({
  kind: 'maxPool2d',
  fields: { size: count('rows and columns of the window, in pixels') },
  output({ size }, input, at) {
    const [channels, height, width] = requireImage(input, at, 'maxPool2d');
    requireWindow(size, height, width, `${at}.size`);
    if (size > largestWindow) throw new SpecError(`${at}.size`, `expected at most ${largestWindow}, got ${size}`);
    return [channels, Math.floor(height / size), Math.floor(width / size)];
  },
  tensors: () => ({}),
  work: (_spec, _input, output) => product(output),
  words: ({ size }) => `pool ${size}`,
});
