// Convolution forward, stride 1, no padding. Activations are [sample][y][x][channel] without padding, so that the
// inputs of one kernel row are kernel * cin floats in a row. Lanes hold output channels and a register tile holds
// neighbouring positions: every sum is in one lane, so tile shapes never change the bits. Vectors may reach up to 3
// floats past a position's channels: arrays need that much slack at their end.

import { mulAdd } from './simd';

/** All columns of a row. */
const ALL: u64 = u64.MAX_VALUE;

/**
 * Re-orders weights for `convForward`: [bias of the output channels][ky][kx][ci][co], with the output channels padded
 * with zeros to a multiple of 4.
 *
 * Shapes: weights [cout][cin][kernel][kernel] and bias [cout] as in PyTorch (bias 0: none, as tangents need),
 * packed 4 * ceil(cout / 4) * (1 + kernel^2 * cin) floats.
 */
export function convPackForward(weights: usize, bias: usize, packed: usize, cin: i32, cout: i32, kernel: i32): void {
  const padded = (cout + 3) & ~3;
  const area = kernel * kernel;
  let out = packed;
  for (let co = 0; co < padded; co++, out += 4)
    store<f32>(out, bias !== 0 && co < cout ? load<f32>(bias + ((<usize>co) << 2)) : 0);
  for (let tap = 0; tap < area; tap++) {
    for (let ci = 0; ci < cin; ci++) {
      for (let co = 0; co < padded; co++, out += 4) {
        store<f32>(out, co < cout ? load<f32>(weights + ((<usize>((co * cin + ci) * area + tap)) << 2)) : 0);
      }
    }
  }
}

/**
 * output[s][y][x][co] = start
 *     + sum over ky, then kx, then ci, each ascending, of input[s][y + ky][x + kx][ci] * W[co][ci][ky][kx]
 *
 * with start = bias[co], or output + bias[co] where `accumulate` is set. Neighbouring positions of which all inputs are
 * 0, as `masks` shows, are start alone, which changes no bit as long as the weights are finite.
 *
 * Shapes: input [samples][height][width][cin]; packed from `convPackForward`; output
 * [samples][outHeight][outWidth][cout], where outHeight <= height - kernel + 1 and outWidth <= width - kernel + 1
 * (smaller where a pooling layer behind drops the last rows and columns).
 * masks: from `imageRowMasks`, [samples][height], or 0 to read every input.
 */
export function convForward(
  input: usize,
  masks: usize,
  packed: usize,
  output: usize,
  samples: i32,
  height: i32,
  width: i32,
  cin: i32,
  cout: i32,
  kernel: i32,
  outHeight: i32,
  outWidth: i32,
  accumulate: bool,
): void {
  const vectors = (cout + 3) >> 2;
  const inputRow = (<usize>(width * cin)) << 2;
  const outputRow = (<usize>(outWidth * cout)) << 2;
  for (let s = 0; s < samples; s++) {
    for (let y = 0; y < outHeight; y++, output += outputRow) {
      const from = input + <usize>(s * height + y) * inputRow;
      // Columns with an input other than 0 in the rows that this row of outputs reads.
      let live: u64 = masks ? 0 : ALL;
      for (let ky = 0; masks && ky < kernel; ky++) live |= load<u64>(masks + ((<usize>(s * height + y + ky)) << 3));
      // Blocks of up to 4 vectors, the last first: it reaches into the next position, whose first channels are written
      // after it.
      for (let first = (vectors - 1) & ~3; first >= 0; first -= 4) {
        convRow(
          min(4, vectors - first),
          from,
          live,
          packed + ((<usize>first) << 4),
          output + ((<usize>first) << 4),
          inputRow,
          cin,
          cout,
          kernel,
          (<usize>vectors) << 4,
          outWidth,
          accumulate,
        );
      }
    }
  }
}

/** One row of outputs for a block of 1 to 4 vectors of channels. */
function convRow(
  block: i32,
  input: usize,
  live: u64,
  packed: usize,
  output: usize,
  inputRow: usize,
  cin: i32,
  cout: i32,
  kernel: i32,
  tap: usize,
  outWidth: i32,
  accumulate: bool,
): void {
  // Not else-if: the compiler would merge arms that differ in literals only, and nothing would be specialised.
  if (block === 4)
    rowOfTiles(2, 4, input, live, packed, output, inputRow, cin, cout, kernel, tap, outWidth, accumulate);
  if (block === 3)
    rowOfTiles(2, 3, input, live, packed, output, inputRow, cin, cout, kernel, tap, outWidth, accumulate);
  if (block === 2)
    rowOfTiles(4, 2, input, live, packed, output, inputRow, cin, cout, kernel, tap, outWidth, accumulate);
  if (block === 1)
    rowOfTiles(4, 1, input, live, packed, output, inputRow, cin, cout, kernel, tap, outWidth, accumulate);
}

// @inline
function rowOfTiles(
  positions: i32,
  vectors: i32,
  input: usize,
  live: u64,
  packed: usize,
  output: usize,
  inputRow: usize,
  cin: i32,
  cout: i32,
  kernel: i32,
  tap: usize,
  outWidth: i32,
  accumulate: bool,
): void {
  const step = (<usize>cin) << 2;
  const outStep = (<usize>cout) << 2;
  let x = 0;
  for (
    ;
    x + positions <= outWidth;
    x += positions, input += <usize>positions * step, output += <usize>positions * outStep
  ) {
    convTile(
      positions,
      vectors,
      input,
      isLive(live, x, kernel + positions - 1),
      packed,
      output,
      inputRow,
      step,
      outStep,
      kernel,
      tap,
      accumulate,
    );
  }
  for (; x < outWidth; x++, input += step, output += outStep) {
    convTile(
      1,
      vectors,
      input,
      isLive(live, x, kernel),
      packed,
      output,
      inputRow,
      step,
      outStep,
      kernel,
      tap,
      accumulate,
    );
  }
}

/** False if the inputs in the columns [x, x + count) are known to be zeros. */
// @inline
function isLive(live: u64, x: i32, count: i32): bool {
  return live === ALL || (live & ((((<u64>1) << count) - 1) << x)) !== 0;
}

/**
 * A tile of `positions` x `vectors`; both are literals, so each use compiles to a tile of its own. c<p><v> is the sum
 * of position p, vector v. At most 8 sums: V8 loads all of a loop body's vectors before it computes, so sums, weights
 * and inputs have to fit into 15 registers together (2 x 5 spills three sums and takes twice the time).
 */
// @inline
function convTile(
  positions: i32,
  vectors: i32,
  input: usize,
  live: bool,
  packed: usize,
  output: usize,
  inputRow: usize,
  step: usize,
  outStep: usize,
  kernel: i32,
  tap: usize,
  accumulate: bool,
): void {
  const P = positions,
    V = vectors;
  const zero = f32x4.splat(0);
  let c00 = v128.load(packed),
    c01 = zero,
    c02 = zero,
    c03 = zero;
  if (V > 1) c01 = v128.load(packed, 16);
  if (V > 2) c02 = v128.load(packed, 32);
  if (V > 3) c03 = v128.load(packed, 48);
  let c10 = c00,
    c11 = c01,
    c12 = c02,
    c13 = c03,
    c20 = c00,
    c21 = c01,
    c30 = c00,
    c31 = c01;
  const out1 = output + outStep,
    out2 = out1 + outStep,
    out3 = out2 + outStep;
  if (accumulate) {
    c00 = f32x4.add(v128.load(output), c00);
    if (V > 1) c01 = f32x4.add(v128.load(output, 16), c01);
    if (V > 2) c02 = f32x4.add(v128.load(output, 32), c02);
    if (V > 3) c03 = f32x4.add(v128.load(output, 48), c03);
    if (P > 1) c10 = f32x4.add(v128.load(out1), c10);
    if (P > 1 && V > 1) c11 = f32x4.add(v128.load(out1, 16), c11);
    if (P > 1 && V > 2) c12 = f32x4.add(v128.load(out1, 32), c12);
    if (P > 1 && V > 3) c13 = f32x4.add(v128.load(out1, 48), c13);
    if (P > 2) c20 = f32x4.add(v128.load(out2), c20);
    if (P > 2 && V > 1) c21 = f32x4.add(v128.load(out2, 16), c21);
    if (P > 3) c30 = f32x4.add(v128.load(out3), c30);
    if (P > 3 && V > 1) c31 = f32x4.add(v128.load(out3, 16), c31);
  }

  const rowLength = <usize>kernel * step;
  let weights = packed + tap;
  for (let ky = live ? 0 : kernel; ky < kernel; ky++, input += inputRow) {
    for (let i = input, end = input + rowLength; i < end; i += 4, weights += tap) {
      const i1 = i + step,
        i2 = i1 + step,
        i3 = i2 + step;
      const x0 = v128.load_splat<f32>(i);
      const w0 = v128.load(weights);
      c00 = mulAdd(c00, x0, w0);
      let w1 = zero,
        w2 = zero,
        w3 = zero;
      if (V > 1) {
        w1 = v128.load(weights, 16);
        c01 = mulAdd(c01, x0, w1);
      }
      if (V > 2) {
        w2 = v128.load(weights, 32);
        c02 = mulAdd(c02, x0, w2);
      }
      if (V > 3) {
        w3 = v128.load(weights, 48);
        c03 = mulAdd(c03, x0, w3);
      }
      if (P > 1) {
        const x1 = v128.load_splat<f32>(i1);
        c10 = mulAdd(c10, x1, w0);
        if (V > 1) c11 = mulAdd(c11, x1, w1);
        if (V > 2) c12 = mulAdd(c12, x1, w2);
        if (V > 3) c13 = mulAdd(c13, x1, w3);
      }
      if (P > 2) {
        const x2 = v128.load_splat<f32>(i2);
        c20 = mulAdd(c20, x2, w0);
        if (V > 1) c21 = mulAdd(c21, x2, w1);
      }
      if (P > 3) {
        const x3 = v128.load_splat<f32>(i3);
        c30 = mulAdd(c30, x3, w0);
        if (V > 1) c31 = mulAdd(c31, x3, w1);
      }
    }
  }

  // In increasing order: what a position's last vector spills into the next one is overwritten by that one.
  v128.store(output, c00);
  if (V > 1) v128.store(output, c01, 16);
  if (V > 2) v128.store(output, c02, 32);
  if (V > 3) v128.store(output, c03, 48);
  if (P > 1) v128.store(out1, c10);
  if (P > 1 && V > 1) v128.store(out1, c11, 16);
  if (P > 1 && V > 2) v128.store(out1, c12, 32);
  if (P > 1 && V > 3) v128.store(out1, c13, 48);
  if (P > 2) v128.store(out2, c20);
  if (P > 2 && V > 1) v128.store(out2, c21, 16);
  if (P > 3) v128.store(out3, c30);
  if (P > 3 && V > 1) v128.store(out3, c31, 16);
}
