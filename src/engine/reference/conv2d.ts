import { affineLayer } from './affine.js';
import type { ReferenceLayer } from './layer.js';

/**
 * A convolution with stride 1 and no padding (`nn.Conv2d`), that is, a cross-correlation:
 *
 *     y[o, r, c] = b[o] + sum_{i, p, q} W[o, i, p, q] x[i, r + p, c + q]
 *
 * Shapes: x [n, channelsIn, height, width], W [channels, channelsIn, kernel, kernel], b [channels],
 * y [n, channels, height - kernel + 1, width - kernel + 1].
 */
export function conv2dLayer(
  [channelsIn, height, width]: readonly [number, number, number],
  channels: number,
  kernel: number,
): ReferenceLayer {
  const outHeight = height - kernel + 1;
  const outWidth = width - kernel + 1;
  const inputSize = channelsIn * height * width;
  const positions = outHeight * outWidth;

  /** Calls `visit` for each weight and each pair of planes that it ties: where the plane of y starts, and the part of x that lies under it. */
  const forEachWeight = (samples: number, visit: (weight: number, yPlane: number, xPlane: number) => void): void => {
    for (let n = 0, yPlane = 0; n < samples; n++) {
      for (let o = 0, weight = 0; o < channels; o++, yPlane += positions) {
        for (let i = 0, xPlane = n * inputSize; i < channelsIn; i++, xPlane += height * width) {
          for (let p = 0; p < kernel; p++) {
            for (let q = 0; q < kernel; q++, weight++) visit(weight, yPlane, xPlane + p * width + q);
          }
        }
      }
    }
  };

  return affineLayer(
    { inputSize, channels, positions, weights: channels * channelsIn * kernel * kernel },
    {
      apply(w, x, y) {
        forEachWeight(x.length / inputSize, (weight, yPlane, xPlane) => {
          const value = w[weight]!;
          for (let i = yPlane, row = xPlane; i < yPlane + positions; row += width) {
            for (let k = row; k < row + outWidth; k++) y[i++]! += value * x[k]!;
          }
        });
      },
      pullInput(w, y, x) {
        forEachWeight(x.length / inputSize, (weight, yPlane, xPlane) => {
          const value = w[weight]!;
          for (let i = yPlane, row = xPlane; i < yPlane + positions; row += width) {
            for (let k = row; k < row + outWidth; k++) x[k]! += value * y[i++]!;
          }
        });
      },
      pullWeight(y, x, w) {
        forEachWeight(x.length / inputSize, (weight, yPlane, xPlane) => {
          let sum = 0;
          for (let i = yPlane, row = xPlane; i < yPlane + positions; row += width) {
            for (let k = row; k < row + outWidth; k++) sum += y[i++]! * x[k]!;
          }
          w[weight]! += sum;
        });
      },
    },
  );
}
