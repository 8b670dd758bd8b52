import { describe, expect, it } from 'vitest';
import { expectClose } from '../support/close.js';
import { type KernelMemory, kernelMemory } from '../support/kernel-memory.js';
import { uniformValues } from '../support/random.js';

interface Shape {
  readonly samples: number;
  readonly height: number;
  readonly width: number;
  readonly cin: number;
  readonly cout: number;
  readonly kernel: number;
  /** Size of the pooling behind the convolution; its output is cropped to whole windows. 1: none. */
  readonly pool: number;
}

const shape = (
  samples: number,
  [height, width]: readonly [number, number],
  [cin, cout]: readonly [number, number],
  kernel: number,
  pool = 1,
): Shape => ({ samples, height, width, cin, cout, kernel, pool });

// All channel counts and kernels that take different tiles: 1 to 5 vectors of channels, several blocks of them, 1 to 5
// and more kernel rows.
const shapes: readonly Shape[] = [
  shape(1, [1, 1], [1, 1], 1),
  shape(3, [5, 9], [1, 1], 2),
  shape(3, [6, 8], [3, 4], 3, 2),
  shape(1, [9, 7], [5, 5], 2, 3),
  shape(3, [10, 12], [4, 3], 4, 2),
  shape(20, [7, 6], [1, 10], 4, 3),
  shape(3, [9, 13], [10, 15], 5, 2),
  shape(3, [12, 12], [10, 20], 4, 2),
  shape(1, [4, 17], [15, 31], 1, 3),
  shape(1, [8, 9], [20, 41], 3, 2),
  shape(3, [9, 8], [3, 5], 6),
  shape(1, [12, 11], [2, 7], 9),
  shape(20, [6, 5], [31, 4], 2),
];

const name = ({ samples, height, width, cin, cout, kernel, pool }: Shape) =>
  `${samples} x ${height} x ${width} x ${cin} to ${cout} channels, kernel ${kernel}, pooling ${pool}`;

interface Derived {
  readonly cellRows: number;
  readonly cellColumns: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly inputs: number;
  readonly weights: number;
  readonly outputs: number;
  readonly cells: number;
}

function derive({ samples, height, width, cin, cout, kernel, pool }: Shape): Derived {
  const cellRows = Math.floor((height - kernel + 1) / pool);
  const cellColumns = Math.floor((width - kernel + 1) / pool);
  const [outHeight, outWidth] = [cellRows * pool, cellColumns * pool];
  return {
    cellRows,
    cellColumns,
    outHeight,
    outWidth,
    inputs: samples * height * width * cin,
    weights: cout * cin * kernel ** 2,
    outputs: samples * outHeight * outWidth * cout,
    cells: samples * cellRows * cellColumns * cout,
  };
}

/** Calls `visit` with the indices of every product in the convolution: output[o] += weights[w] * input[i]. */
function forEachProduct(s: Shape, visit: (o: number, w: number, i: number) => void): void {
  const { outHeight, outWidth } = derive(s);
  let o = 0;
  for (let n = 0; n < s.samples; n++)
    for (let y = 0; y < outHeight; y++)
      for (let x = 0; x < outWidth; x++)
        for (let co = 0; co < s.cout; co++, o++)
          for (let ci = 0; ci < s.cin; ci++)
            for (let ky = 0; ky < s.kernel; ky++)
              for (let kx = 0; kx < s.kernel; kx++) {
                const w = ((co * s.cin + ci) * s.kernel + ky) * s.kernel + kx;
                visit(o, w, ((n * s.height + y + ky) * s.width + x + kx) * s.cin + ci);
              }
}

interface Gradient {
  readonly grad: Float32Array;
  readonly argmax: Uint8Array;
  /** The same as a dense gradient of the convolution's output, in float64. */
  readonly dense: Float64Array;
}

/** Gradients of pool windows, a quarter of them 0, at positions drawn at random. */
function randomGradient(s: Shape, seed: number): Gradient {
  const { cells, cellRows, cellColumns, outWidth, outputs } = derive(s);
  const draws = uniformValues(2 * cells, seed);
  const grad = Float32Array.from(draws.subarray(0, cells), (g) => (Math.abs(g) < 0.25 ? 0 : g));
  const argmax = Uint8Array.from(draws.subarray(cells), (u) => Math.floor(((u + 1) / 2) * s.pool ** 2));
  const dense = new Float64Array(outputs);
  grad.forEach((g, i) => {
    const c = i % s.cout;
    const cell = (i - c) / s.cout;
    const column = cell % cellColumns;
    const row = (cell - column) / cellColumns;
    const [sample, cellRow] = [Math.floor(row / cellRows), row % cellRows];
    const y = (sample * cellRows + cellRow) * s.pool + Math.floor(argmax[i]! / s.pool);
    const x = column * s.pool + (argmax[i]! % s.pool);
    dense[(y * outWidth + x) * s.cout + c] = g;
  });
  return { grad, argmax, dense };
}

const slack = 4;
const filled = (count: number, value: number) => new Float32Array(count).fill(value);

/** Runs `convForward` on fresh memory. */
function forward(memory: KernelMemory, s: Shape, data: ForwardData): Float32Array {
  const { outputs, outHeight, outWidth } = derive(s);
  const packed = memory.floats(new Float32Array(4 * Math.ceil(s.cout / 4) * (1 + s.kernel ** 2 * s.cin)));
  const weights = memory.floats(data.weights).pointer;
  memory.kernels.convPackForward(
    weights,
    data.bias ? memory.floats(data.bias).pointer : 0,
    packed.pointer,
    s.cin,
    s.cout,
    s.kernel,
  );
  const output = memory.floats(data.start ?? filled(outputs, Number.NaN), slack);
  memory.kernels.convForward(
    memory.floats(data.input).pointer,
    data.masks ?? 0,
    packed.pointer,
    output.pointer,
    s.samples,
    s.height,
    s.width,
    s.cin,
    s.cout,
    s.kernel,
    outHeight,
    outWidth,
    data.start !== undefined,
  );
  memory.checkGuards();
  return output.view().slice();
}

interface ForwardData {
  readonly input: Float32Array;
  readonly weights: Float32Array;
  readonly bias?: Float32Array;
  /** Values to add to; without them the output is set. */
  readonly start?: Float32Array;
  readonly masks?: number;
}

describe('convForward', () => {
  for (const s of shapes) {
    it(`${name(s)}: within 1e-6 of a float64 loop, set and accumulated`, async () => {
      const memory = await kernelMemory();
      const { inputs, weights, outputs } = derive(s);
      const data = {
        input: uniformValues(inputs, 1),
        weights: uniformValues(weights, 2),
        bias: uniformValues(s.cout, 3),
      };
      const products = new Float64Array(outputs);
      forEachProduct(s, (o, w, i) => {
        products[o]! += data.weights[w]! * data.input[i]!;
      });
      expectClose(
        forward(memory, s, data),
        products.map((p, o) => p + data.bias[o % s.cout]!),
        1e-6,
        'output',
      );
      const start = uniformValues(outputs, 4);
      expectClose(
        forward(memory, s, { ...data, bias: undefined, start }),
        products.map((p, o) => p + start[o]!),
        1e-6,
        'accumulated output',
      );
    });
  }

  it('row masks leave out rows of zeros without changing a bit, for every tile width', async () => {
    for (const cout of [1, 5, 10, 15, 20, 31]) {
      const s = shape(3, [11, 24], [1, cout], 4);
      const memory = await kernelMemory();
      const { inputs, weights } = derive(s);
      const bytes = uniformValues(inputs, 5).map((u, i) => (i % 24 > 6 && u > 0.8 ? Math.floor(255 * u) : 0));
      const masks = memory.words(new Uint32Array(2 * s.samples * s.height)).pointer;
      memory.kernels.imageRowMasks(
        memory.bytes(bytes).pointer,
        s.height * s.width,
        masks,
        s.samples,
        s.height,
        s.width,
      );
      const data = { input: bytes, weights: uniformValues(weights, 6), bias: uniformValues(cout, 7) };
      expect(forward(memory, s, { ...data, masks })).toEqual(forward(memory, s, data));
    }
  });

  it('NaN in one position of the input reaches the positions that read it and no other', async () => {
    const s = shape(1, [3, 9], [1, 5], 3);
    const input = uniformValues(derive(s).inputs, 8);
    input[4] = Number.NaN;
    const output = forward(await kernelMemory(), s, { input, weights: uniformValues(derive(s).weights, 9) });
    const positions = Array.from({ length: 7 }, (_, x) => output.subarray(5 * x, 5 * x + 5).every(Number.isNaN));
    expect(positions).toEqual([false, false, true, true, true, false, false]);
    expect([...output].filter(Number.isNaN)).toHaveLength(15);
  });
});

/** Runs `convGradWeights` on all samples, or in two micro-batches, then unpacks. */
function gradWeights(memory: KernelMemory, s: Shape, data: GradData): { weights: Float32Array; bias: Float32Array } {
  const { kernels } = memory;
  const d = derive(s);
  const row = 4 * Math.ceil((s.kernel * s.cin) / 4);
  const sums = memory.floats(filled(s.cout * s.kernel * row + 4 * Math.ceil(s.cout / 4), Number.NaN));
  const scratchBytes = kernels.convGradWeightsScratch(
    s.height,
    s.width,
    s.cin,
    s.cout,
    d.cellRows,
    d.cellColumns,
    s.pool,
  );
  const scratch = memory.bytes(new Uint8Array(scratchBytes)).pointer;
  const [input, grad] = [memory.floats(data.input, slack).pointer, memory.floats(data.grad, slack).pointer];
  const argmax = s.pool === 1 ? 0 : memory.bytes(data.argmax).pointer;
  let first = 0;
  for (const samples of data.microBatches ?? [s.samples]) {
    const cell = (first * d.cells) / s.samples;
    kernels.convGradWeights(
      input + (4 * first * d.inputs) / s.samples,
      data.masks ? data.masks + 8 * first * s.height : 0,
      grad + 4 * cell,
      argmax && argmax + cell,
      sums.pointer,
      scratch,
      samples,
      s.height,
      s.width,
      s.cin,
      s.cout,
      s.kernel,
      d.cellRows,
      d.cellColumns,
      s.pool,
      first > 0,
    );
    first += samples;
  }
  const weights = memory.floats(data.start?.weights ?? filled(d.weights, Number.NaN));
  const bias = memory.floats(data.start?.bias ?? filled(s.cout, Number.NaN));
  kernels.convUnpackGradients(
    sums.pointer,
    weights.pointer,
    bias.pointer,
    s.cin,
    s.cout,
    s.kernel,
    data.start !== undefined,
  );
  memory.checkGuards();
  return { weights: weights.view().slice(), bias: bias.view().slice() };
}

interface GradData {
  readonly input: Float32Array;
  readonly grad: Float32Array;
  readonly argmax: Uint8Array;
  readonly masks?: number;
  readonly microBatches?: readonly number[];
  readonly start?: { readonly weights: Float32Array; readonly bias: Float32Array };
}

function expectedWeightGradients(s: Shape, input: Float32Array, dense: Float64Array) {
  const weights = new Float64Array(derive(s).weights);
  const bias = new Float64Array(s.cout);
  forEachProduct(s, (o, w, i) => {
    weights[w]! += dense[o]! * input[i]!;
  });
  dense.forEach((g, o) => {
    bias[o % s.cout]! += g;
  });
  return { weights, bias };
}

describe('convGradWeights', () => {
  for (const s of shapes) {
    it(`${name(s)}: within 1e-6 of a float64 loop`, async () => {
      const input = uniformValues(derive(s).inputs, 11);
      const { dense, ...gradient } = randomGradient(s, 12);
      const expected = expectedWeightGradients(s, input, dense);
      const actual = gradWeights(await kernelMemory(), s, { input, ...gradient });
      expectClose(actual.weights, expected.weights, 1e-6, 'weights');
      expectClose(actual.bias, expected.bias, 1e-6, 'bias');
    });
  }

  it('micro-batches add up, and unpacking adds to gradients: within 1e-6 of a float64 loop', async () => {
    const s = shape(20, [12, 12], [10, 20], 4, 2);
    const input = uniformValues(derive(s).inputs, 13);
    const { dense, ...gradient } = randomGradient(s, 14);
    const expected = expectedWeightGradients(s, input, dense);
    const start = { weights: uniformValues(derive(s).weights, 15), bias: uniformValues(s.cout, 16) };
    const actual = gradWeights(await kernelMemory(), s, { input, ...gradient, microBatches: [1, 8, 11], start });
    expectClose(
      actual.weights,
      expected.weights.map((g, i) => g + start.weights[i]!),
      1e-6,
      'weights',
    );
    expectClose(
      actual.bias,
      expected.bias.map((g, i) => g + start.bias[i]!),
      1e-6,
      'bias',
    );
  });

  it('row masks leave out windows of zeros without changing a bit, also in the bias', async () => {
    const s = shape(20, [16, 15], [1, 10], 4, 2);
    const memory = await kernelMemory();
    const input = uniformValues(derive(s).inputs, 17).map((u, i) => (i % 15 > 8 && u > 0.8 ? Math.floor(255 * u) : 0));
    const masks = memory.words(new Uint32Array(2 * s.samples * s.height)).pointer;
    memory.kernels.imageRowMasks(memory.bytes(input).pointer, s.height * s.width, masks, s.samples, s.height, s.width);
    const { grad, argmax } = randomGradient(s, 18);
    const microBatches = [7, 13];
    const masked = gradWeights(memory, s, { input, grad, argmax, masks, microBatches });
    expect(masked).toEqual(gradWeights(memory, s, { input, grad, argmax, microBatches }));
  });
});

describe('convGradInput', () => {
  for (const s of shapes) {
    it(`${name(s)}: within 1e-6 of a float64 loop, set and accumulated`, async () => {
      const memory = await kernelMemory();
      const { kernels } = memory;
      const d = derive(s);
      const weights = uniformValues(d.weights, 21);
      const { grad, argmax, dense } = randomGradient(s, 22);
      const expected = new Float64Array(d.inputs);
      forEachProduct(s, (o, w, i) => {
        expected[i]! += dense[o]! * weights[w]!;
      });
      const packed = memory.floats(new Float32Array(s.cout * s.kernel * 4 * Math.ceil((s.kernel * s.cin) / 4)));
      kernels.convPackGradInput(memory.floats(weights).pointer, packed.pointer, s.cin, s.cout, s.kernel);
      const scratch = memory.bytes(new Uint8Array(kernels.convGradInputScratch(s.cout, s.pool))).pointer;
      const [gradAt, argmaxAt] = [memory.floats(grad).pointer, s.pool === 1 ? 0 : memory.bytes(argmax).pointer];
      const inputGrad = memory.floats(filled(d.inputs, Number.NaN), slack);
      const run = (accumulate: boolean) => {
        kernels.convGradInput(
          gradAt,
          argmaxAt,
          packed.pointer,
          inputGrad.pointer,
          scratch,
          s.samples,
          s.height,
          s.width,
          s.cin,
          s.cout,
          s.kernel,
          d.cellRows,
          d.cellColumns,
          s.pool,
          accumulate,
        );
        memory.checkGuards();
      };
      run(false);
      expectClose(inputGrad.view(), expected, 1e-6, 'input gradient');
      run(true);
      expectClose(
        inputGrad.view(),
        expected.map((g) => 2 * g),
        1e-6,
        'input gradient',
      );
    });
  }
});
