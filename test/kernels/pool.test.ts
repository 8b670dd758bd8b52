import { describe, expect, it } from 'vitest';
import { expectClose } from '../support/close.js';
import { type KernelMemory, kernelMemory } from '../support/kernel-memory.js';
import { uniformValues } from '../support/random.js';

const slack = 4;

type Shape = readonly [samples: number, height: number, width: number, channels: number, size: number];

const shapes: readonly Shape[] = [
  [1, 2, 2, 1, 2],
  [3, 5, 7, 3, 2],
  [3, 24, 24, 10, 2],
  [20, 9, 8, 20, 2],
  [3, 7, 11, 5, 3],
  [1, 9, 9, 31, 3],
  [1, 33, 20, 4, 16],
  [3, 4, 5, 15, 1],
];

/**
 * Index in the input of each window's largest value, by PyTorch's rule: the first of equal ones; a NaN stays until
 * another NaN comes.
 */
function winners(
  input: Float32Array,
  [samples, height, width, channels, size]: Shape,
): { at: number[]; index: number[] } {
  const [at, index]: [number[], number[]] = [[], []];
  for (let s = 0; s < samples; s++)
    for (let row = 0; row + size <= height; row += size)
      for (let column = 0; column + size <= width; column += size)
        for (let c = 0; c < channels; c++) {
          let [best, bestAt, bestIndex] = [Number.NEGATIVE_INFINITY, -1, -1];
          for (let i = 0; i < size ** 2; i++) {
            const y = row + Math.floor(i / size);
            const a = ((s * height + y) * width + column + (i % size)) * channels + c;
            const value = input[a]!;
            if (bestAt < 0 || value > best || Number.isNaN(value)) [best, bestAt, bestIndex] = [value, a, i];
          }
          at.push(bestAt);
          index.push(bestIndex);
        }
  return { at, index };
}

function pool(memory: KernelMemory, input: Float32Array, shape: Shape, cells: number) {
  const output = memory.floats(new Float32Array(cells).fill(-1), slack);
  const argmax = memory.bytes(new Uint8Array(cells + slack).fill(255));
  memory.kernels.maxPoolForward(memory.floats(input, slack).pointer, output.pointer, argmax.pointer, ...shape);
  memory.checkGuards();
  return { output: output.view(), argmax: argmax.view().subarray(0, cells), argmaxAt: argmax.pointer };
}

describe('average pooling', () => {
  for (const shape of shapes) {
    const [samples, height, width, channels, size] = shape;
    const [rows, columns] = [Math.floor(height / size), Math.floor(width / size)];
    const [count, cells] = [samples * height * width * channels, samples * rows * columns * channels];
    const title = `${samples} x ${height} x ${width} x ${channels}, size ${size}`;
    /** The window of each input, or undefined in rows and columns that are dropped. */
    const cellOf = (i: number): number | undefined => {
      const [c, x, y] = [i % channels, Math.floor(i / channels) % width, Math.floor(i / channels / width) % height];
      const [row, column] = [Math.floor(y / size), Math.floor(x / size)];
      if (row >= rows || column >= columns) return undefined;
      return ((Math.floor(i / channels / width / height) * rows + row) * columns + column) * channels + c;
    };

    it(`${title}: values within 1e-6 of float64`, async () => {
      const memory = await kernelMemory();
      const input = uniformValues(count, 34);
      const output = memory.floats(new Float32Array(cells).fill(-1), slack);
      memory.kernels.avgPoolForward(memory.floats(input, slack).pointer, output.pointer, ...shape);
      memory.checkGuards();
      const expected = new Float64Array(cells);
      input.forEach((value, i) => {
        const cell = cellOf(i);
        if (cell !== undefined) expected[cell]! += value / size ** 2;
      });
      expectClose(output.view(), expected, 1e-6);
    });

    it(`${title}: gradient exactly a share of each window's, 0 elsewhere`, async () => {
      const memory = await kernelMemory();
      const grad = uniformValues(cells, 35);
      const inputGrad = memory.floats(new Float32Array(count).fill(Number.NaN), slack);
      memory.kernels.avgPoolBackward(memory.floats(grad, slack).pointer, inputGrad.pointer, ...shape);
      memory.checkGuards();
      const expected = Float32Array.from({ length: count }, (_, i) => {
        const cell = cellOf(i);
        return cell === undefined ? 0 : grad[cell]! * Math.fround(1 / size ** 2);
      });
      expect(inputGrad.view()).toEqual(expected);
    });
  }
});

describe('max pooling', () => {
  for (const shape of shapes) {
    const [samples, height, width, channels, size] = shape;
    const count = samples * height * width * channels;
    const title = `${samples} x ${height} x ${width} x ${channels}, size ${size}`;

    it(`${title}: values and positions exactly, with ties and NaN`, async () => {
      // Eight different values make ties in most windows; 1 in 64 is NaN.
      const draws = uniformValues(count, 31);
      const input = draws.map((u) => (u > 0.97 ? Number.NaN : Math.floor(4 * u) / 4));
      const { at, index } = winners(input, shape);
      const { output, argmax } = pool(await kernelMemory(), input, shape, at.length);
      expect([...output]).toEqual(at.map((a) => input[a]));
      expect([...argmax]).toEqual(index);
    });

    it(`${title}: gradient exactly at the winners, 0 elsewhere`, async () => {
      const memory = await kernelMemory();
      const input = uniformValues(count, 32);
      const { at } = winners(input, shape);
      const { argmaxAt } = pool(memory, input, shape, at.length);
      const grad = uniformValues(at.length, 33);
      const inputGrad = memory.floats(new Float32Array(count).fill(Number.NaN), slack);
      memory.kernels.maxPoolBackward(memory.floats(grad, slack).pointer, argmaxAt, inputGrad.pointer, ...shape);
      memory.checkGuards();
      const expected = new Float32Array(count);
      at.forEach((a, i) => {
        expected[a] = grad[i]!;
      });
      expect(inputGrad.view()).toEqual(expected);
    });
  }
});
