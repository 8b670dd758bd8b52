// Convolution forward, stride 1, no padding. Activations are [sample][y][x][channel] without padding, so that the inputs of one kernel row
// are kernel * cin floats in a row. Lanes hold output channels and a register tile holds neighbouring positions: every sum is in one lane,
// so tile shapes never change the bits. Vectors may reach up to 3 floats past a position's channels: arrays need that much slack at their end.

import { mulAdd } from './simd';

/**
 * Re-orders weights for `convForward`: [bias of the output channels][ky][kx][ci][co], with the output channels padded with zeros to a multiple of 4.
 *
 * Shapes: weights [cout][cin][kernel][kernel] and bias [cout] as in PyTorch (bias 0: none, as tangents need), packed 4 * ceil(cout / 4) * (1 + kernel^2 * cin) floats.
 */
export function convPackForward(weights: usize, bias: usize, packed: usize, cin: i32, cout: i32, kernel: i32): void {
  const padded = (cout + 3) & ~3;
  const area = kernel * kernel;
  let out = packed;
  for (let co = 0; co < padded; co++, out += 4) store<f32>(out, bias != 0 && co < cout ? load<f32>(bias + (<usize>co << 2)) : 0);
  for (let tap = 0; tap < area; tap++) {
    for (let ci = 0; ci < cin; ci++) {
      for (let co = 0; co < padded; co++, out += 4) {
        store<f32>(out, co < cout ? load<f32>(weights + (<usize>((co * cin + ci) * area + tap) << 2)) : 0);
      }
    }
  }
}

/**
 * output[s][y][x][co] = start + sum over ky, then kx, then ci, each ascending, of input[s][y + ky][x + kx][ci] * W[co][ci][ky][kx]
 *
 * with start = bias[co], or output + bias[co] where `accumulate` is set. Terms of rows of zero inputs, as `masks` tells them, are left out,
 * which changes no bit as long as the weights are finite.
 *
 * Shapes: input [samples][height][width][cin]; packed from `convPackForward`; output [samples][outHeight][outWidth][cout], where outHeight <= height - kernel + 1
 * and outWidth <= width - kernel + 1 (smaller where a pooling layer behind drops the last rows and columns).
 * masks: from `imageRowMasks`, [samples][height], or 0 to read every input.
 */
export function convForward(
  input: usize, masks: usize, packed: usize, output: usize, samples: i32, height: i32, width: i32, cin: i32, cout: i32, kernel: i32,
  outHeight: i32, outWidth: i32, accumulate: bool,
): void {
  const vectors = (cout + 3) >> 2;
  // Blocks of 3 to 5 vectors, as even as they come.
  const blocks = (vectors + 3) >> 2;
  const inputRow = <usize>(width * cin) << 2;
  const outputRow = <usize>(outWidth * cout) << 2;
  for (let s = 0; s < samples; s++) {
    for (let y = 0; y < outHeight; y++) {
      const from = input + <usize>(s * height + y) * inputRow;
      const mask = masks ? masks + (<usize>(s * height + y) << 3) : 0;
      // The last block first: its last vector reaches into the next position, whose first channels are written after it.
      for (let b = blocks - 1; b >= 0; b--) {
        const first = b << 2;
        convRow(min(4, vectors - first), from, mask, packed + (<usize>first << 4), output + (<usize>first << 4),
          inputRow, cin, cout, kernel, <usize>vectors << 4, outWidth, accumulate);
      }
      output += outputRow;
    }
  }
}

/** One row of outputs for a block of 1 to 5 vectors of channels. Tiles have at most 10 sums, as 16 registers also hold what is loaded. */
function convRow(
  block: i32, input: usize, mask: usize, packed: usize, output: usize, inputRow: usize, cin: i32, cout: i32, kernel: i32, tap: usize,
  outWidth: i32, accumulate: bool,
): void {
  if (mask) {
    if (block == 1) rowOfTiles(4, 1, true, input, mask, packed, output, inputRow, cin, cout, kernel, tap, outWidth, accumulate);
    else if (block == 2) rowOfTiles(4, 2, true, input, mask, packed, output, inputRow, cin, cout, kernel, tap, outWidth, accumulate);
    else if (block == 3) rowOfTiles(2, 3, true, input, mask, packed, output, inputRow, cin, cout, kernel, tap, outWidth, accumulate);
    else if (block == 4) rowOfTiles(2, 4, true, input, mask, packed, output, inputRow, cin, cout, kernel, tap, outWidth, accumulate);
    else rowOfTiles(2, 5, true, input, mask, packed, output, inputRow, cin, cout, kernel, tap, outWidth, accumulate);
  } else if (block == 1) rowOfTiles(4, 1, false, input, mask, packed, output, inputRow, cin, cout, kernel, tap, outWidth, accumulate);
  else if (block == 2) rowOfTiles(4, 2, false, input, mask, packed, output, inputRow, cin, cout, kernel, tap, outWidth, accumulate);
  else if (block == 3) rowOfTiles(2, 3, false, input, mask, packed, output, inputRow, cin, cout, kernel, tap, outWidth, accumulate);
  else if (block == 4) rowOfTiles(2, 4, false, input, mask, packed, output, inputRow, cin, cout, kernel, tap, outWidth, accumulate);
  else rowOfTiles(2, 5, false, input, mask, packed, output, inputRow, cin, cout, kernel, tap, outWidth, accumulate);
}

// @ts-ignore: decorator
@inline
function rowOfTiles(
  positions: i32, vectors: i32, masked: bool, input: usize, mask: usize, packed: usize, output: usize, inputRow: usize, cin: i32, cout: i32, kernel: i32, tap: usize,
  outWidth: i32, accumulate: bool,
): void {
  const step = <usize>cin << 2;
  const outStep = <usize>cout << 2;
  let x = 0;
  for (; x + positions <= outWidth; x += positions, input += <usize>positions * step, output += <usize>positions * outStep) {
    convTile(positions, vectors, masked, input, mask, x, packed, output, inputRow, step, outStep, kernel, tap, accumulate);
  }
  for (; x < outWidth; x++, input += step, output += outStep) {
    convTile(1, vectors, masked, input, mask, x, packed, output, inputRow, step, outStep, kernel, tap, accumulate);
  }
}

/** A tile of `positions` x `vectors`; these and `masked` are literals, so each use compiles to a tile of its own. c<p><v> is the sum of position p, vector v. */
// @ts-ignore: decorator
@inline
function convTile(
  positions: i32, vectors: i32, masked: bool, input: usize, mask: usize, x: i32, packed: usize, output: usize, inputRow: usize, step: usize, outStep: usize,
  kernel: i32, tap: usize, accumulate: bool,
): void {
  const P = positions, V = vectors;
  const zero = f32x4.splat(0);
  let c00 = v128.load(packed), c01 = zero, c02 = zero, c03 = zero, c04 = zero;
  if (V > 1) c01 = v128.load(packed, 16);
  if (V > 2) c02 = v128.load(packed, 32);
  if (V > 3) c03 = v128.load(packed, 48);
  if (V > 4) c04 = v128.load(packed, 64);
  let c10 = c00, c11 = c01, c12 = c02, c13 = c03, c14 = c04;
  let c20 = c00, c21 = c01, c22 = c02, c30 = c00, c31 = c01, c40 = c00, c50 = c00;
  const out1 = output + outStep, out2 = out1 + outStep, out3 = out2 + outStep, out4 = out3 + outStep, out5 = out4 + outStep;
  if (accumulate) {
    c00 = f32x4.add(v128.load(output), c00);
    if (V > 1) c01 = f32x4.add(v128.load(output, 16), c01);
    if (V > 2) c02 = f32x4.add(v128.load(output, 32), c02);
    if (V > 3) c03 = f32x4.add(v128.load(output, 48), c03);
    if (V > 4) c04 = f32x4.add(v128.load(output, 64), c04);
    if (P > 1) c10 = f32x4.add(v128.load(out1), c10);
    if (P > 1 && V > 1) c11 = f32x4.add(v128.load(out1, 16), c11);
    if (P > 1 && V > 2) c12 = f32x4.add(v128.load(out1, 32), c12);
    if (P > 1 && V > 3) c13 = f32x4.add(v128.load(out1, 48), c13);
    if (P > 1 && V > 4) c14 = f32x4.add(v128.load(out1, 64), c14);
    if (P > 2) c20 = f32x4.add(v128.load(out2), c20);
    if (P > 2 && V > 1) c21 = f32x4.add(v128.load(out2, 16), c21);
    if (P > 2 && V > 2) c22 = f32x4.add(v128.load(out2, 32), c22);
    if (P > 3) c30 = f32x4.add(v128.load(out3), c30);
    if (P > 3 && V > 1) c31 = f32x4.add(v128.load(out3, 16), c31);
    if (P > 4) c40 = f32x4.add(v128.load(out4), c40);
    if (P > 5) c50 = f32x4.add(v128.load(out5), c50);
  }

  const rowLength = <usize>kernel * step;
  const rowWeights = rowLength / 4 * tap;
  const window = (((<u64>1) << (kernel + P - 1)) - 1) << x;
  let weights = packed + tap;
  for (let ky = 0; ky < kernel; ky++, input += inputRow) {
    if (masked && (load<u64>(mask + (<usize>ky << 3)) & window) == 0) {
      weights += rowWeights;
      continue;
    }
    for (let i = input, end = input + rowLength; i < end; i += 4, weights += tap) {
      const w0 = v128.load(weights);
      const i1 = i + step, i2 = i1 + step, i3 = i2 + step, i4 = i3 + step;
      const x0 = v128.load_splat<f32>(i);
      c00 = mulAdd(c00, x0, w0);
      let w1 = zero, w2 = zero, w3 = zero, w4 = zero;
      if (V > 1) { w1 = v128.load(weights, 16); c01 = mulAdd(c01, x0, w1); }
      if (V > 2) { w2 = v128.load(weights, 32); c02 = mulAdd(c02, x0, w2); }
      if (V > 3) { w3 = v128.load(weights, 48); c03 = mulAdd(c03, x0, w3); }
      if (V > 4) { w4 = v128.load(weights, 64); c04 = mulAdd(c04, x0, w4); }
      if (P > 1) {
        const x1 = v128.load_splat<f32>(i1);
        c10 = mulAdd(c10, x1, w0);
        if (V > 1) c11 = mulAdd(c11, x1, w1);
        if (V > 2) c12 = mulAdd(c12, x1, w2);
        if (V > 3) c13 = mulAdd(c13, x1, w3);
        if (V > 4) c14 = mulAdd(c14, x1, w4);
      }
      if (P > 2) {
        const x2 = v128.load_splat<f32>(i2);
        c20 = mulAdd(c20, x2, w0);
        if (V > 1) c21 = mulAdd(c21, x2, w1);
        if (V > 2) c22 = mulAdd(c22, x2, w2);
      }
      if (P > 3) {
        const x3 = v128.load_splat<f32>(i3);
        c30 = mulAdd(c30, x3, w0);
        if (V > 1) c31 = mulAdd(c31, x3, w1);
      }
      if (P > 4) c40 = mulAdd(c40, v128.load_splat<f32>(i4), w0);
      if (P > 5) c50 = mulAdd(c50, v128.load_splat<f32>(i4 + step), w0);
    }
  }

  // In increasing order: what a position's last vector spills into the next one is overwritten by that one.
  v128.store(output, c00);
  if (V > 1) v128.store(output, c01, 16);
  if (V > 2) v128.store(output, c02, 32);
  if (V > 3) v128.store(output, c03, 48);
  if (V > 4) v128.store(output, c04, 64);
  if (P > 1) v128.store(out1, c10);
  if (P > 1 && V > 1) v128.store(out1, c11, 16);
  if (P > 1 && V > 2) v128.store(out1, c12, 32);
  if (P > 1 && V > 3) v128.store(out1, c13, 48);
  if (P > 1 && V > 4) v128.store(out1, c14, 64);
  if (P > 2) v128.store(out2, c20);
  if (P > 2 && V > 1) v128.store(out2, c21, 16);
  if (P > 2 && V > 2) v128.store(out2, c22, 32);
  if (P > 3) v128.store(out3, c30);
  if (P > 3 && V > 1) v128.store(out3, c31, 16);
  if (P > 4) v128.store(out4, c40);
  if (P > 5) v128.store(out5, c50);
}
