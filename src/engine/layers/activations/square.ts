import { defineActivation, smoothReference } from './activation.js';

/** x^2 (`torch.square`). */
export const square = defineActivation('square', {
  fields: {},
  kernels: ({ squareForward, squareBackward, squareCurvature }) => ({
    forward: squareForward,
    derivative: (from, x, _y, to, count) => squareBackward(from, x, to, count),
    curvature: ({ grad, tangentX }, to, count) => squareCurvature(grad, tangentX, to, count),
  }),
  reference: () => smoothReference({ value: (x) => x * x, slope: (x) => 2 * x, bend: () => 2 }),
});
