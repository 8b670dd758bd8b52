import { count } from '../../../base/fields.js';
import { layerKind } from '../kind.js';
import { product, requireImage, requireWindow } from '../shape.js';

/**
 * A convolution with a square kernel, stride 1 and no padding (`nn.Conv2d`), that is, a cross-correlation.
 *
 * Shapes: x [cin, height, width], z [channels, height - kernel + 1, width - kernel + 1];
 * W [channels, cin, kernel, kernel], b [channels].
 */
export const conv2d = layerKind({
  kind: 'conv2d',
  fields: { channels: count('output channels'), kernel: count('rows and columns of the kernel, in pixels') },
  output({ channels, kernel }, input, at) {
    const [, height, width] = requireImage(input, at, 'conv2d');
    requireWindow(kernel, height, width, `${at}.kernel`);
    return [channels, height - kernel + 1, width - kernel + 1];
  },
  tensors({ channels, kernel }, [cin = 0]) {
    const fanIn = cin * kernel * kernel;
    return { weight: { shape: [channels, cin, kernel, kernel], fanIn }, bias: { shape: [channels], fanIn } };
  },
  work: ({ kernel }, [cin = 1], output) => product(output) * kernel * kernel * cin,
  words: ({ channels, kernel }) => `conv ${kernel}×${kernel} to ${channels}`,
});
