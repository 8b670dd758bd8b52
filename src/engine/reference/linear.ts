import { affineLayer } from './affine.js';
import type { ReferenceLayer } from './layer.js';

/**
 * A linear layer, y = x W' + b (`nn.Linear`).
 *
 * Four rows go together, as their sums do not wait for one another and share each weight: twice as fast, and each sum keeps its order.
 *
 * Shapes: W [outputs, inputs], b [outputs], x [n, inputs], y [n, outputs].
 */
export function linearLayer(inputs: number, outputs: number): ReferenceLayer {
  const inFours = (y: Float64Array): number => y.length - (y.length % (4 * outputs));
  return affineLayer(
    { inputSize: inputs, channels: outputs, positions: 1, weights: outputs * inputs },
    {
      apply(w, x, y) {
        let [at, x0] = [0, 0];
        for (const end = inFours(y); at < end; at += 3 * outputs, x0 += 4 * inputs) {
          const x1 = x0 + inputs;
          const x2 = x1 + inputs;
          const x3 = x2 + inputs;
          for (let k = 0; k < w.length; at++) {
            let s0 = 0;
            let s1 = 0;
            let s2 = 0;
            let s3 = 0;
            for (let i = 0; i < inputs; i++) {
              const weight = w[k++]!;
              s0 += weight * x[x0 + i]!;
              s1 += weight * x[x1 + i]!;
              s2 += weight * x[x2 + i]!;
              s3 += weight * x[x3 + i]!;
            }
            y[at]! += s0;
            y[at + outputs]! += s1;
            y[at + 2 * outputs]! += s2;
            y[at + 3 * outputs]! += s3;
          }
        }
        for (; at < y.length; x0 += inputs) {
          for (let k = 0; k < w.length; at++) {
            let sum = 0;
            for (let i = x0; i < x0 + inputs; i++) sum += w[k++]! * x[i]!;
            y[at]! += sum;
          }
        }
      },
      pullInput(w, y, x) {
        let [at, x0] = [0, 0];
        for (const end = inFours(y); at < end; at += 3 * outputs, x0 += 4 * inputs) {
          const x1 = x0 + inputs;
          const x2 = x1 + inputs;
          const x3 = x2 + inputs;
          for (let k = 0; k < w.length; at++) {
            const g0 = y[at]!;
            const g1 = y[at + outputs]!;
            const g2 = y[at + 2 * outputs]!;
            const g3 = y[at + 3 * outputs]!;
            for (let i = 0; i < inputs; i++) {
              const weight = w[k++]!;
              x[x0 + i]! += weight * g0;
              x[x1 + i]! += weight * g1;
              x[x2 + i]! += weight * g2;
              x[x3 + i]! += weight * g3;
            }
          }
        }
        for (; at < y.length; x0 += inputs) {
          for (let k = 0; k < w.length; at++) {
            const g = y[at]!;
            for (let i = x0; i < x0 + inputs; i++) x[i]! += w[k++]! * g;
          }
        }
      },
      pullWeight(y, x, w) {
        let [at, x0] = [0, 0];
        for (const end = inFours(y); at < end; at += 3 * outputs, x0 += 4 * inputs) {
          const x1 = x0 + inputs;
          const x2 = x1 + inputs;
          const x3 = x2 + inputs;
          for (let k = 0; k < w.length; at++) {
            const g0 = y[at]!;
            const g1 = y[at + outputs]!;
            const g2 = y[at + 2 * outputs]!;
            const g3 = y[at + 3 * outputs]!;
            for (let i = 0; i < inputs; i++, k++) {
              w[k] = w[k]! + g0 * x[x0 + i]! + g1 * x[x1 + i]! + g2 * x[x2 + i]! + g3 * x[x3 + i]!;
            }
          }
        }
        for (; at < y.length; x0 += inputs) {
          for (let k = 0; k < w.length; at++) {
            const g = y[at]!;
            for (let i = x0; i < x0 + inputs; i++) w[k++]! += g * x[i]!;
          }
        }
      },
    },
  );
}
