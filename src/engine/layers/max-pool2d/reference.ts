import type { SpecOf } from '../../../base/fields.js';
import type { ReferencePasses, ReferenceShapes } from '../reference.js';
import type { maxPool2d } from './kind.js';

/**
 * Maximum over squares of `size`, stride `size`; a remainder at the right and bottom is left out (`nn.MaxPool2d`).
 * The first maximum in row-major order wins, and derivatives flow through it alone.
 *
 * Shapes: x [n, channels, height, width], y [n, channels, floor(height / size), floor(width / size)].
 */
export function maxPool2dReference({
  spec: { size },
  input: [, height = 0, width = 0],
}: ReferenceShapes<SpecOf<typeof maxPool2d.fields>>): ReferencePasses {
  const outHeight = Math.floor(height / size);
  const outWidth = Math.floor(width / size);

  const firstMaximum = (x: Float64Array, corner: number): number => {
    let best = corner;
    for (let p = 0; p < size; p++) {
      for (let i = corner + p * width; i < corner + p * width + size; i++) {
        // A NaN wins, as in PyTorch: a diverged network must not look healthy.
        if (x[i]! > x[best]! || Number.isNaN(x[i])) best = i;
      }
    }
    return best;
  };

  /** Calls `visit` for each output with the input that it takes its value from. */
  const forEachWinner = (x: Float64Array, visit: (output: number, winner: number) => void): void => {
    let output = 0;
    for (let plane = 0; plane < x.length; plane += height * width) {
      for (let r = 0; r < outHeight; r++) {
        for (let c = 0; c < outWidth; c++) visit(output++, firstMaximum(x, plane + (r * width + c) * size));
      }
    }
  };

  const select = (at: Float64Array, x: Float64Array, y: Float64Array): void => {
    forEachWinner(at, (output, winner) => {
      y[output] = x[winner]!;
    });
  };
  const scatter = (at: Float64Array, y: Float64Array, x: Float64Array): void => {
    x.fill(0);
    forEachWinner(at, (output, winner) => {
      x[winner] = y[output]!;
    });
  };

  return {
    forward: ({ x, y }) => select(x, x, y),
    tangent: (at, { x, y }) => select(at.x, x, y),
    backward: (at, { x, y }) => scatter(at.x, y, x),
    backwardTangent: (at, _tangent, _gradient, { x, y }) => scatter(at.x, y, x),
  };
}
