import type { SpecOf } from '../../../base/fields.js';
import { affineLayer, type BilinearProduct } from '../affine-reference.js';
import type { ReferencePasses, ReferenceShapes } from '../reference.js';
import { product, type Shape } from '../shape.js';
import type { conv2d } from './kind.js';

type ConvSpec = SpecOf<typeof conv2d.fields>;

/**
 * A convolution with stride 1 and no padding (`nn.Conv2d`), that is, a cross-correlation:
 *
 *     y[o, r, c] = b[o] + sum_{i, p, q} W[o, i, p, q] x[i, r + p, c + q]
 *
 * Shapes: x [n, channelsIn, height, width], W [channels, channelsIn, kernel, kernel], b [channels],
 * y [n, channels, height - kernel + 1, width - kernel + 1].
 */
export function conv2dReference({ spec, input, output }: ReferenceShapes<ConvSpec>): ReferencePasses {
  const [cin = 0] = input;
  const [channels = 0, rows = 0, columns = 0] = output;
  const weights = channels * cin * spec.kernel * spec.kernel;
  return affineLayer({ positions: rows * columns, weights }, convolution(spec, input, output));
}

/**
 * Calls `visit` for each weight and each pair of planes that it ties: where the plane of y starts, and the part of x
 * that lies under it.
 */
type EachWeight = (samples: number, visit: (weight: number, yPlane: number, xPlane: number) => void) => void;

function eachWeight({ kernel }: ConvSpec, [cin = 0, height = 0, width = 0]: Shape, output: Shape): EachWeight {
  const [channels = 0, rows = 0, columns = 0] = output;
  return (samples, visit) => {
    for (let n = 0, yPlane = 0; n < samples; n++) {
      for (let o = 0, weight = 0; o < channels; o++, yPlane += rows * columns) {
        for (let i = 0, xPlane = n * cin * height * width; i < cin; i++, xPlane += height * width) {
          for (let p = 0; p < kernel; p++) {
            for (let q = 0; q < kernel; q++, weight++) visit(weight, yPlane, xPlane + p * width + q);
          }
        }
      }
    }
  };
}

function convolution(spec: ConvSpec, input: Shape, [, rows = 0, columns = 0]: Shape): BilinearProduct {
  const [, , width = 0] = input;
  const inputSize = product(input);
  const positions = rows * columns;
  const forEachWeight = eachWeight(spec, input, [spec.channels, rows, columns]);
  return {
    apply(w, x, y) {
      forEachWeight(x.length / inputSize, (weight, yPlane, xPlane) => {
        const value = w[weight]!;
        for (let i = yPlane, row = xPlane; i < yPlane + positions; row += width) {
          for (let k = row; k < row + columns; k++) y[i++]! += value * x[k]!;
        }
      });
    },
    pullInput(w, y, x) {
      forEachWeight(x.length / inputSize, (weight, yPlane, xPlane) => {
        const value = w[weight]!;
        for (let i = yPlane, row = xPlane; i < yPlane + positions; row += width) {
          for (let k = row; k < row + columns; k++) x[k]! += value * y[i++]!;
        }
      });
    },
    pullWeight(y, x, w) {
      forEachWeight(x.length / inputSize, (weight, yPlane, xPlane) => {
        let sum = 0;
        for (let i = yPlane, row = xPlane; i < yPlane + positions; row += width) {
          for (let k = row; k < row + columns; k++) sum += y[i++]! * x[k]!;
        }
        w[weight]! += sum;
      });
    },
  };
}
