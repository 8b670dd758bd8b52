import type { SpecOf } from '../../../base/fields.js';
import type { ReferencePasses, ReferenceShapes } from '../reference.js';
import type { avgPool2d } from './kind.js';

/**
 * Mean over squares of `size`, stride `size`. It is linear, so that its tangents are the same passes again.
 *
 * Shapes: x [n, channels, height, width], y [n, channels, floor(height / size), floor(width / size)].
 */
export function avgPool2dReference({
  spec: { size },
  input: [, height = 0, width = 0],
  output: [, rows = 0, columns = 0],
}: ReferenceShapes<SpecOf<typeof avgPool2d.fields>>): ReferencePasses {
  /** Calls `visit` for each pixel of each window of `planes` planes. */
  const forEachPixel = (planes: number, visit: (cell: number, pixel: number) => void): void => {
    for (let cell = 0; cell < planes * rows * columns; cell++) {
      const [plane, r, c] = [Math.floor(cell / (rows * columns)), Math.floor(cell / columns) % rows, cell % columns];
      const corner = (plane * height + r * size) * width + c * size;
      for (let p = 0; p < size; p++) for (let q = 0; q < size; q++) visit(cell, corner + p * width + q);
    }
  };
  const average = (x: Float64Array, y: Float64Array): void => {
    y.fill(0);
    forEachPixel(x.length / (height * width), (cell, pixel) => {
      y[cell]! += x[pixel]! / (size * size);
    });
  };
  const spread = (y: Float64Array, x: Float64Array): void => {
    x.fill(0);
    forEachPixel(x.length / (height * width), (cell, pixel) => {
      x[pixel] = y[cell]! / (size * size);
    });
  };
  return {
    forward: ({ x, y }) => average(x, y),
    tangent: (_at, { x, y }) => average(x, y),
    backward: (_at, { x, y }) => spread(y, x),
    backwardTangent: (_at, _tangent, _gradient, { x, y }) => spread(y, x),
  };
}
