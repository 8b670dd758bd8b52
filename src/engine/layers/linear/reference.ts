import { affineLayer, type BilinearProduct } from '../affine-reference.js';
import type { ReferencePasses, ReferenceShapes } from '../reference.js';

/**
 * A linear layer, y = x W' + b or x W' (`nn.Linear`).
 *
 * Four rows go together, as their sums do not wait for one another and share each weight: twice as fast, and each sum
 * keeps its order.
 *
 * Shapes: W [outputs, inputs], b [outputs], x [n, inputs], y [n, outputs].
 */
export function linearReference({ input, output }: ReferenceShapes): ReferencePasses {
  const [inputs = 0] = input;
  const [outputs = 0] = output;
  return affineLayer(
    { positions: 1, weights: outputs * inputs },
    {
      apply: applier(inputs, outputs),
      pullInput: inputPuller(inputs, outputs),
      pullWeight: weightPuller(inputs, outputs),
    },
  );
}

/** Numbers in the rows of y that go in fours. */
const inFours = (y: Float64Array, outputs: number): number => y.length - (y.length % (4 * outputs));

function applier(inputs: number, outputs: number): BilinearProduct['apply'] {
  return (w, x, y) => {
    let [at, x0] = [0, 0];
    for (const end = inFours(y, outputs); at < end; at += 3 * outputs, x0 += 4 * inputs) {
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
  };
}

function inputPuller(inputs: number, outputs: number): BilinearProduct['pullInput'] {
  return (w, y, x) => {
    let [at, x0] = [0, 0];
    for (const end = inFours(y, outputs); at < end; at += 3 * outputs, x0 += 4 * inputs) {
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
  };
}

function weightPuller(inputs: number, outputs: number): BilinearProduct['pullWeight'] {
  return (y, x, w) => {
    let [at, x0] = [0, 0];
    for (const end = inFours(y, outputs); at < end; at += 3 * outputs, x0 += 4 * inputs) {
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
  };
}
