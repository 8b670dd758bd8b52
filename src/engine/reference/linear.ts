import { affineLayer } from './affine.js';
import type { ReferenceLayer } from './layer.js';

/**
 * A linear layer, y = x W' + b (`nn.Linear`).
 *
 * Shapes: W [outputs, inputs], b [outputs], x [n, inputs], y [n, outputs].
 */
export function linearLayer(inputs: number, outputs: number): ReferenceLayer {
  return affineLayer(
    { inputSize: inputs, channels: outputs, positions: 1, weights: outputs * inputs },
    {
      apply(w, x, y) {
        for (let row = 0, at = 0; at < y.length; row += inputs) {
          for (let k = 0; k < w.length; at++) {
            let sum = 0;
            for (let i = row; i < row + inputs; i++) sum += w[k++]! * x[i]!;
            y[at]! += sum;
          }
        }
      },
      pullInput(w, y, x) {
        for (let row = 0, at = 0; at < y.length; row += inputs) {
          for (let k = 0; k < w.length; at++) {
            const g = y[at]!;
            for (let i = row; i < row + inputs; i++) x[i]! += w[k++]! * g;
          }
        }
      },
      pullWeight(y, x, w) {
        for (let row = 0, at = 0; at < y.length; row += inputs) {
          for (let k = 0; k < w.length; at++) {
            const g = y[at]!;
            for (let i = row; i < row + inputs; i++) w[k++]! += g * x[i]!;
          }
        }
      },
    },
  );
}
