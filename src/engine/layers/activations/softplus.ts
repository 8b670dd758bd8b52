import { exp, log } from '../../../base/math.js';
import { defineActivation, type SmoothFunction, smoothReference } from './activation.js';

/** From here on PyTorch takes x itself. */
const threshold = 20;

/** log(1 + u) for u > -1, near 0 as exact as anywhere (Goldberg 1991, theorem 4). */
function log1p(u: number): number {
  const w = 1 + u;
  return w === 1 ? u : (log(w) * u) / (w - 1);
}

/** f' = 1 / (1 + e^-x) and f'' = f' (1 - f'). */
const smooth: SmoothFunction = {
  value: (x) => (x > threshold ? x : log1p(exp(x))),
  slope: (x) => (x > threshold ? 1 : 1 / (1 + exp(-x))),
  bend(x) {
    const slope = smooth.slope(x);
    return slope * (1 - slope);
  },
};

/** log(1 + e^x) (`nn.Softplus`). */
export const softplus = defineActivation('softplus', {
  fields: {},
  kernels: ({ softplusForward, softplusBackward, softplusCurvature }) => ({
    forward: softplusForward,
    derivative: (from, x, _y, to, count) => softplusBackward(from, x, to, count),
    curvature: ({ x, grad, tangentX }, to, count) => softplusCurvature(grad, x, tangentX, to, count),
  }),
  reference: () => smoothReference(smooth),
});
