// Dense linear layers on feature-major activations: [feature][stride], samples contiguous, `samples` a multiple of 8.
// Weights are PyTorch's [outputs][inputs]. Register tiles hold independent outputs, so tile shapes never change the
// bits.

import { ACTIVATE, MASK, PLAIN, ROUND } from './epilogue';
import { leaky, leakyGradient, mulAdd, rounded, splatAt, sumLanes, sumLanes4 } from './simd';

/**
 * Gradients are rounded to a multiple of 2^-66: where weights have collapsed, they would fade into denormals from layer
 * to layer.
 */
const GRADIENT_GRAIN: f32 = 2.2737367544323206e-13; // 2^-42

/**
 * z[m][s] = start + sum over k, ascending, of a[m, k] * b[k][s], then y = activation(z).
 *
 * start is what out holds where `accumulate` is set, else bias[m], or 0 where `bias` is 0.
 * epilogue: PLAIN stores z; ACTIVATE stores leakyRelu(z, slope); MASK stores z * leakyRelu'(y[m][s]), read from the
 * output `mask` = y; ROUND rounds that, or z, to a multiple of 2^-66.
 * a[m, k] is at a + m * aRow + k * aColumn (bytes), so that both a matrix and its transpose serve.
 *
 * Shapes: b [depth][stride], out and mask [rows][stride].
 */
export function linearMultiply(
  a: usize,
  aRow: usize,
  aColumn: usize,
  bias: usize,
  b: usize,
  out: usize,
  mask: usize,
  rows: i32,
  depth: i32,
  samples: i32,
  stride: i32,
  accumulate: bool,
  epilogue: i32,
  slope: f32,
): void {
  const line = (<usize>stride) << 2;
  if (depth === 1 && !accumulate) {
    multiplyColumn(a, aRow, bias, b, out, mask, rows, samples, line, epilogue, slope);
    return;
  }
  const threes = tilesOf3(rows);
  const fours = (rows - 3 * threes) >> 2;
  const rest = rows - 4 * fours - 3 * threes;
  if (rest === 1) {
    const m = <usize>(rows - 1);
    multiplyRow(
      a + m * aRow,
      aColumn,
      bias ? bias + (m << 2) : 0,
      b,
      out + m * line,
      mask + m * line,
      depth,
      samples,
      line,
      accumulate,
      epilogue,
      slope,
    );
  }
  for (let s: usize = 0, end = (<usize>samples) << 2; s < end; s += 32) {
    let am = a,
      biasM = bias,
      outM = out + s,
      maskM = mask + s;
    for (let i = 0; i < fours; i++) {
      multiplyTile(4, am, aRow, aColumn, biasM, b + s, outM, maskM, depth, line, accumulate, epilogue, slope);
      am += aRow << 2;
      if (bias) biasM += 16;
      outM += line << 2;
      maskM += line << 2;
    }
    for (let i = 0; i < threes; i++) {
      multiplyTile(3, am, aRow, aColumn, biasM, b + s, outM, maskM, depth, line, accumulate, epilogue, slope);
      am += 3 * aRow;
      if (bias) biasM += 12;
      outM += 3 * line;
      maskM += 3 * line;
    }
    if (rest === 2)
      multiplyTile(2, am, aRow, aColumn, biasM, b + s, outM, maskM, depth, line, accumulate, epilogue, slope);
  }
}

/**
 * How many tiles of 3 rows come behind those of 4, before a rest of 1 or 2. A tile of 2 waits for its own sums, so that
 * 10 rows go as 4 + 3 + 3.
 */
// @inline
function tilesOf3(rows: i32): i32 {
  const over = rows & 3;
  return over === 3 ? 1 : over === 2 && rows > 4 ? 2 : 0;
}

/** Depth 1, as behind a single input: each row is one pass over b, without tiles. */
function multiplyColumn(
  a: usize,
  aRow: usize,
  bias: usize,
  b: usize,
  out: usize,
  mask: usize,
  rows: i32,
  samples: i32,
  line: usize,
  epilogue: i32,
  slope: f32,
): void {
  for (let m = 0; m < rows; m++, a += aRow, out += line, mask += line) {
    const factor = v128.load_splat<f32>(a);
    const start = bias ? v128.load_splat<f32>(bias + ((<usize>m) << 2)) : f32x4.splat(0);
    // Not else-if: the compiler would merge arms that differ in literals only.
    if (epilogue === PLAIN) scaleRow(PLAIN, factor, start, b, out, mask, samples, slope);
    if (epilogue === ACTIVATE) scaleRow(ACTIVATE, factor, start, b, out, mask, samples, slope);
    if (epilogue === MASK) scaleRow(MASK, factor, start, b, out, mask, samples, slope);
    if (epilogue === ROUND) scaleRow(ROUND, factor, start, b, out, mask, samples, slope);
    if (epilogue === (MASK | ROUND)) scaleRow(MASK | ROUND, factor, start, b, out, mask, samples, slope);
  }
}

// @inline
function scaleRow(
  epilogue: i32,
  factor: v128,
  start: v128,
  b: usize,
  out: usize,
  mask: usize,
  samples: i32,
  slope: f32,
): void {
  const slopes = f32x4.splat(slope);
  for (const end = b + ((<usize>samples) << 2); b < end; b += 32, out += 32, mask += 32) {
    let z0 = f32x4.mul(factor, v128.load(b)),
      z1 = f32x4.mul(factor, v128.load(b, 16));
    // Gradients start at 0.
    if (epilogue < MASK) {
      z0 = f32x4.add(start, z0);
      z1 = f32x4.add(start, z1);
    }
    finish(out, mask, z0, z1, epilogue, slopes);
  }
}

/** A tile of `height` (2-4) rows and 8 samples; `height` is a literal, so each use compiles to a tile of its own. */
// @inline
function multiplyTile(
  height: i32,
  a: usize,
  aRow: usize,
  aColumn: usize,
  bias: usize,
  b: usize,
  out: usize,
  mask: usize,
  depth: i32,
  line: usize,
  accumulate: bool,
  epilogue: i32,
  slope: f32,
): void {
  const zero = f32x4.splat(0);
  let c00 = zero,
    c10 = zero,
    c20 = zero,
    c30 = zero;
  if (bias) {
    c00 = v128.load_splat<f32>(bias);
    c10 = v128.load_splat<f32>(bias, 4);
    if (height > 2) c20 = v128.load_splat<f32>(bias, 8);
    if (height > 3) c30 = v128.load_splat<f32>(bias, 12);
  }
  let c01 = c00,
    c11 = c10,
    c21 = c20,
    c31 = c30;
  if (accumulate) {
    c00 = v128.load(out);
    c01 = v128.load(out, 16);
    c10 = v128.load(out + line);
    c11 = v128.load(out + line, 16);
    if (height > 2) {
      c20 = v128.load(out + 2 * line);
      c21 = v128.load(out + 2 * line, 16);
    }
    if (height > 3) {
      c30 = v128.load(out + 3 * line);
      c31 = v128.load(out + 3 * line, 16);
    }
  }
  const row2 = aRow << 1,
    row3 = row2 + aRow;
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = splatAt(a);
    c00 = mulAdd(c00, a0, b0);
    c01 = mulAdd(c01, a0, b1);
    const a1 = splatAt(a + aRow);
    c10 = mulAdd(c10, a1, b0);
    c11 = mulAdd(c11, a1, b1);
    if (height > 2) {
      const a2 = splatAt(a + row2);
      c20 = mulAdd(c20, a2, b0);
      c21 = mulAdd(c21, a2, b1);
    }
    if (height > 3) {
      const a3 = splatAt(a + row3);
      c30 = mulAdd(c30, a3, b0);
      c31 = mulAdd(c31, a3, b1);
    }
    a += aColumn;
    b += line;
  }
  const slopes = f32x4.splat(slope);
  finish(out, mask, c00, c01, epilogue, slopes);
  finish(out + line, mask + line, c10, c11, epilogue, slopes);
  if (height > 2) finish(out + 2 * line, mask + 2 * line, c20, c21, epilogue, slopes);
  if (height > 3) finish(out + 3 * line, mask + 3 * line, c30, c31, epilogue, slopes);
}

/** A single row, which stays in the L1 cache while four rows of b at a time are added to it. */
function multiplyRow(
  a: usize,
  aColumn: usize,
  bias: usize,
  b: usize,
  out: usize,
  mask: usize,
  depth: i32,
  samples: i32,
  line: usize,
  accumulate: bool,
  epilogue: i32,
  slope: f32,
): void {
  const end = out + ((<usize>samples) << 2);
  if (!accumulate) {
    const start = bias ? v128.load_splat<f32>(bias) : f32x4.splat(0);
    for (let to = out; to < end; to += 16) v128.store(to, start);
  }
  let k = 0;
  for (; k + 4 <= depth; k += 4, a += aColumn << 2, b += line << 2) addRows(4, a, aColumn, b, out, end, line);
  for (; k < depth; k++, a += aColumn, b += line) addRows(1, a, aColumn, b, out, end, line);
  if (epilogue === PLAIN) return;
  const slopes = f32x4.splat(slope);
  for (let to = out; to < end; to += 32)
    finish(to, mask + (to - out), v128.load(to), v128.load(to, 16), epilogue, slopes);
}

/** Adds `count` (1 or 4) rows of b, each times its factor, to a row. */
// @inline
function addRows(count: i32, a: usize, aColumn: usize, b: usize, out: usize, end: usize, line: usize): void {
  const column2 = aColumn << 1,
    line2 = line << 1;
  const a0 = splatAt(a);
  let a1 = a0,
    a2 = a0,
    a3 = a0;
  if (count > 1) {
    a1 = splatAt(a + aColumn);
    a2 = splatAt(a + column2);
    a3 = splatAt(a + column2 + aColumn);
  }
  for (; out < end; out += 32, b += 32) {
    let c0 = mulAdd(v128.load(out), a0, v128.load(b));
    let c1 = mulAdd(v128.load(out, 16), a0, v128.load(b, 16));
    if (count > 1) {
      const b2 = b + line2;
      c0 = mulAdd(c0, a1, v128.load(b + line));
      c1 = mulAdd(c1, a1, v128.load(b + line, 16));
      c0 = mulAdd(c0, a2, v128.load(b2));
      c1 = mulAdd(c1, a2, v128.load(b2, 16));
      c0 = mulAdd(c0, a3, v128.load(b2 + line));
      c1 = mulAdd(c1, a3, v128.load(b2 + line, 16));
    }
    v128.store(out, c0);
    v128.store(out, c1, 16);
  }
}

/** Stores two finished vectors of a row, through the epilogue. */
// @inline
function finish(out: usize, mask: usize, c0: v128, c1: v128, epilogue: i32, slopes: v128): void {
  if (epilogue === ACTIVATE) {
    c0 = leaky(c0, slopes);
    c1 = leaky(c1, slopes);
  }
  if (epilogue & MASK) {
    c0 = leakyGradient(c0, v128.load(mask), slopes);
    c1 = leakyGradient(c1, v128.load(mask, 16), slopes);
  }
  if (epilogue & ROUND) {
    c0 = rounded(c0, f32x4.splat(GRADIENT_GRAIN));
    c1 = rounded(c1, f32x4.splat(GRADIENT_GRAIN));
  }
  v128.store(out, c0);
  v128.store(out, c1, 16);
}

/**
 * Gradients of a linear layer's weights and biases: dW[o][i] = sum over s of dz[o][s] * x[i][s], db[o] = sum over s of
 * dz[o][s].
 *
 * Each sum runs over s mod 4 in four lanes, ascending, then (l0 + l1) + (l2 + l3); `accumulate` adds that to what is
 * stored.
 * Shapes: dz [outputs][stride], x [inputs][stride], dw [outputs][inputs], db [outputs].
 */
export function linearGradients(
  dz: usize,
  x: usize,
  dw: usize,
  db: usize,
  outputs: i32,
  inputs: i32,
  samples: i32,
  stride: i32,
  accumulate: bool,
): void {
  const line = (<usize>stride) << 2;
  const row = (<usize>inputs) << 2;
  const threes = tilesOf3(outputs);
  let left = outputs;
  for (; left >= 4 + 3 * threes; left -= 4) {
    gradientRows(4, dz, x, dw, db, inputs, samples, line, row, accumulate);
    dz += line << 2;
    dw += row << 2;
    db += 16;
  }
  for (; left >= 3; left -= 3) {
    gradientRows(3, dz, x, dw, db, inputs, samples, line, row, accumulate);
    dz += 3 * line;
    dw += 3 * row;
    db += 12;
  }
  if (left === 2) gradientRows(2, dz, x, dw, db, inputs, samples, line, row, accumulate);
  if (left === 1) gradientRow(dz, x, dw, db, inputs, samples, line, accumulate);
}

/**
 * A single output: input 0 together with the bias, then four inputs at a time, in the place that the outputs have
 * above.
 */
function gradientRow(
  dz: usize,
  x: usize,
  dw: usize,
  db: usize,
  inputs: i32,
  samples: i32,
  line: usize,
  accumulate: bool,
): void {
  gradientTile(1, 1, true, dz, x, dw, db, samples, line, 4, accumulate);
  let i = 1;
  for (; i + 4 <= inputs; i += 4)
    gradientTile(4, 1, false, x + <usize>i * line, dz, dw + ((<usize>i) << 2), db, samples, line, 4, accumulate);
  for (; i < inputs; i++)
    gradientTile(1, 1, false, x + <usize>i * line, dz, dw + ((<usize>i) << 2), db, samples, line, 4, accumulate);
}

/** The rows of `height` outputs: first input 0 together with the bias, then two inputs at a time. */
// @inline
function gradientRows(
  height: i32,
  dz: usize,
  x: usize,
  dw: usize,
  db: usize,
  inputs: i32,
  samples: i32,
  line: usize,
  row: usize,
  accumulate: bool,
): void {
  gradientTile(height, 1, true, dz, x, dw, db, samples, line, row, accumulate);
  let i = 1;
  for (; i + 2 <= inputs; i += 2) {
    gradientTile(height, 2, false, dz, x + <usize>i * line, dw + ((<usize>i) << 2), db, samples, line, row, accumulate);
  }
  if (i < inputs)
    gradientTile(height, 1, false, dz, x + <usize>i * line, dw + ((<usize>i) << 2), db, samples, line, row, accumulate);
}

// @inline
function gradientTile(
  height: i32,
  width: i32,
  withBias: bool,
  dz: usize,
  x: usize,
  dw: usize,
  db: usize,
  samples: i32,
  line: usize,
  row: usize,
  accumulate: bool,
): void {
  const zero = f32x4.splat(0);
  // a: input 0 of the tile; b: input 1, or the bias.
  let a0 = zero,
    a1 = zero,
    a2 = zero,
    a3 = zero;
  let b0 = zero,
    b1 = zero,
    b2 = zero,
    b3 = zero;
  const line2 = line << 1,
    line3 = line2 + line;
  const end = dz + ((<usize>samples) << 2);
  for (let p = dz, q = x; p < end; p += 16, q += 16) {
    const x0 = v128.load(q);
    let x1 = zero;
    if (width > 1) x1 = v128.load(q + line);
    const d0 = v128.load(p);
    a0 = mulAdd(a0, d0, x0);
    if (withBias) b0 = f32x4.add(b0, d0);
    if (width > 1) b0 = mulAdd(b0, d0, x1);
    if (height > 1) {
      const d1 = v128.load(p + line);
      a1 = mulAdd(a1, d1, x0);
      if (withBias) b1 = f32x4.add(b1, d1);
      if (width > 1) b1 = mulAdd(b1, d1, x1);
    }
    if (height > 2) {
      const d2 = v128.load(p + line2);
      a2 = mulAdd(a2, d2, x0);
      if (withBias) b2 = f32x4.add(b2, d2);
      if (width > 1) b2 = mulAdd(b2, d2, x1);
    }
    if (height > 3) {
      const d3 = v128.load(p + line3);
      a3 = mulAdd(a3, d3, x0);
      if (withBias) b3 = f32x4.add(b3, d3);
      if (width > 1) b3 = mulAdd(b3, d3, x1);
    }
  }
  storeSums(height, a0, a1, a2, a3, dw, row, accumulate);
  if (withBias) storeSums(height, b0, b1, b2, b3, db, 4, accumulate);
  if (width > 1) storeSums(height, b0, b1, b2, b3, dw + 4, row, accumulate);
}

// @inline
function storeSums(
  height: i32,
  v0: v128,
  v1: v128,
  v2: v128,
  v3: v128,
  to: usize,
  step: usize,
  accumulate: bool,
): void {
  if (height === 1) {
    storeSum(sumLanes(v0), to, accumulate);
    return;
  }
  const sums = sumLanes4(v0, v1, v2, v3);
  storeSum(f32x4.extract_lane(sums, 0), to, accumulate);
  storeSum(f32x4.extract_lane(sums, 1), to + step, accumulate);
  if (height > 2) storeSum(f32x4.extract_lane(sums, 2), to + 2 * step, accumulate);
  if (height > 3) storeSum(f32x4.extract_lane(sums, 3), to + 3 * step, accumulate);
}

// @inline
function storeSum(sum: f32, to: usize, accumulate: bool): void {
  store<f32>(to, accumulate ? load<f32>(to) + sum : sum);
}

/**
 * sums[r] (+)= sum over s of x[r][s], in four lanes as the gradients above. Shapes: x [rows][stride]; samples is a
 * multiple of 4.
 */
export function rowSums(x: usize, sums: usize, rows: i32, samples: i32, stride: i32, accumulate: bool): void {
  for (let r = 0; r < rows; r++) {
    let sum = f32x4.splat(0);
    for (let p = x, end = x + ((<usize>samples) << 2); p < end; p += 16) sum = f32x4.add(sum, v128.load(p));
    storeSum(sumLanes(sum), sums, accumulate);
    x += (<usize>stride) << 2;
    sums += 4;
  }
}
