// The first linear layer on byte images: only non-zero pixels are read, both ways (MNIST is 81 % zeros).
// Weights lie in panels of 20 outputs, [panel][pixel][20], so that one pixel of a panel is 5 vectors in a row.

import { leaky, mulAdd } from './simd';

/** Outputs in a panel; the host pads the number of outputs to a multiple. */
export const PANEL: i32 = 20;
const PANEL_BYTES: usize = 80;

/** Number of outputs that share a panel: the host lays weights out by it. */
export function sparsePanelWidth(): i32 {
  return PANEL;
}

/** Panels that a call takes at most. */
const MOST_PANELS: i32 = 4;

/**
 * Bytes of scratch for calls on so many pixels and samples: a row of all panels of a call for each, and what aligns
 * the first. Which of it is used, and how, is the kernels' own affair.
 */
export function sparseScratch(pixels: i32, samples: i32): i32 {
  return max(pixels, samples) * MOST_PANELS * <i32>PANEL_BYTES + 64;
}

/**
 * Lists the non-zero pixels of a batch twice: by sample (for the forward sums) and by pixel (for the gradient).
 *
 * Shapes: images [samples][imageStride] bytes, imageStride a multiple of 16, zeros after the last pixel; scale [256]
 * floats, the value of each byte; rowStarts [paddedSamples + 1] addresses into rows, where samples from `samples` on
 * are empty; rows: pairs {u32 pixel * 80, f32 value}; columnEnds [pixels] addresses past each pixel's last pair;
 * columns [pixels] buckets of `bucketBytes`, pairs {u32 sample * 80, f32 value}. Both lists keep ascending order.
 */
export function sparseLists(
  images: usize,
  imageStride: i32,
  pixels: i32,
  samples: i32,
  paddedSamples: i32,
  scale: usize,
  rowStarts: usize,
  rows: usize,
  columnEnds: usize,
  columns: usize,
  bucketBytes: usize,
): void {
  for (let p = 0; p < pixels; p++) store<u32>(columnEnds + ((<usize>p) << 2), <u32>(columns + <usize>p * bucketBytes));
  let row = rows;
  for (let s = 0; s < samples; s++) {
    store<u32>(rowStarts + ((<usize>s) << 2), <u32>row);
    const image = images + <usize>s * <usize>imageStride;
    const sampleOffset = <u32>(<usize>s * PANEL_BYTES);
    for (let base = 0; base < imageStride; base += 64) {
      for (let live = livePixels(image + <usize>base, imageStride - base); live; live &= live - 1) {
        const pixel = base + <i32>ctz(live);
        const value = load<f32>(scale + ((<usize>load<u8>(image + <usize>pixel)) << 2));
        store<u32>(row, <u32>pixel * <u32>PANEL_BYTES);
        store<f32>(row, value, 4);
        row += 8;
        const end = columnEnds + ((<usize>pixel) << 2);
        const column = <usize>load<u32>(end);
        store<u32>(column, sampleOffset);
        store<f32>(column, value, 4);
        store<u32>(end, <u32>(column + 8));
      }
    }
  }
  for (let s = samples; s <= paddedSamples; s++) store<u32>(rowStarts + ((<usize>s) << 2), <u32>row);
}

/**
 * Which of the next 64 pixels are not zero, or of the last `left` ones, a multiple of 16. Long runs of bits: the end of
 * each is a branch that is mispredicted.
 */
// @inline
function livePixels(image: usize, left: i32): u64 {
  let live: u64 = 0;
  for (let i = min(left, 64) - 16; i >= 0; i -= 16) {
    live = (live << 16) | <u64>i8x16.bitmask(i8x16.ne(v128.load(image + <usize>i), i8x16.splat(0)));
  }
  return live;
}

/**
 * Panels forward, over the sample's non-zero pixels, ascending:
 *
 *     y[o][s] = leakyRelu(bias[o] + sum of x * w[pixel][o])
 *
 * `activate` 0 leaves the sum as it is.
 *
 * Shapes: weights [panels][pixels][20], bias [panels * 20], out [panels * 20][stride] feature-major, scratch as
 * sparseScratch says. samples is a multiple of 4, panels 1 to 4.
 */
export function sparseForward(
  weights: usize,
  bias: usize,
  rowStarts: usize,
  out: usize,
  scratch: usize,
  pixels: i32,
  panels: i32,
  samples: i32,
  stride: i32,
  activate: bool,
  slope: f32,
): void {
  const panelBytes = <usize>pixels * PANEL_BYTES;
  const outBytes = <usize>stride * PANEL_BYTES;
  for (let panel = 0; panel < panels; panel++) {
    forwardPanel(weights, bias, rowStarts, out, scratch, samples, stride, activate, slope);
    weights += panelBytes;
    bias += PANEL_BYTES;
    out += outBytes;
  }
}

function forwardPanel(
  weights: usize,
  bias: usize,
  rowStarts: usize,
  out: usize,
  block: usize,
  samples: i32,
  stride: i32,
  activate: bool,
  slope: f32,
): void {
  const line = (<usize>stride) << 2;
  for (let s = 0; s < samples; s += 4) {
    for (let t = 0; t < 4; t++) {
      const starts = rowStarts + ((<usize>(s + t)) << 2);
      forwardSample(weights, bias, load<u32>(starts), load<u32>(starts, 4), block + <usize>t * PANEL_BYTES);
    }
    let to = out + ((<usize>s) << 2);
    for (let o: usize = 0; o < PANEL_BYTES; o += 16) {
      transposeOut(block + o, to, line, activate, slope);
      to += line << 2;
    }
  }
}

// @inline
function forwardSample(weights: usize, bias: usize, from: usize, end: usize, to: usize): void {
  let c0 = v128.load(bias);
  let c1 = v128.load(bias, 16);
  let c2 = v128.load(bias, 32);
  let c3 = v128.load(bias, 48);
  let c4 = v128.load(bias, 64);
  for (let p = from; p < end; p += 8) {
    const w = weights + <usize>load<u32>(p);
    const x = v128.load_splat<f32>(p, 4);
    c0 = mulAdd(c0, x, v128.load(w));
    c1 = mulAdd(c1, x, v128.load(w, 16));
    c2 = mulAdd(c2, x, v128.load(w, 32));
    c3 = mulAdd(c3, x, v128.load(w, 48));
    c4 = mulAdd(c4, x, v128.load(w, 64));
  }
  v128.store(to, c0);
  v128.store(to, c1, 16);
  v128.store(to, c2, 32);
  v128.store(to, c3, 48);
  v128.store(to, c4, 64);
}

/** Four samples of four outputs, [sample][20] to [output][stride]. */
// @inline
function transposeOut(from: usize, to: usize, line: usize, activate: bool, slope: f32): void {
  let r0 = v128.load(from);
  let r1 = v128.load(from, 80);
  let r2 = v128.load(from, 160);
  let r3 = v128.load(from, 240);
  if (activate) {
    const s = f32x4.splat(slope);
    r0 = leaky(r0, s);
    r1 = leaky(r1, s);
    r2 = leaky(r2, s);
    r3 = leaky(r3, s);
  }
  const a = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const b = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const c = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const d = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f64>(a, c, 0, 2));
  v128.store(to + line, v128.shuffle<f64>(a, c, 1, 3));
  v128.store(to + 2 * line, v128.shuffle<f64>(b, d, 0, 2));
  v128.store(to + 3 * line, v128.shuffle<f64>(b, d, 1, 3));
}

/** Gradients that reach one panel, from feature-major [20][stride] to [sample][20]. samples is a multiple of 4. */
function gatherDelta(delta: usize, block: usize, samples: i32, stride: i32): void {
  const line = (<usize>stride) << 2;
  for (let o: usize = 0; o < PANEL_BYTES; o += 16) {
    let from = delta;
    let to = block + o;
    for (let s = 0; s < samples; s += 4) {
      const r0 = v128.load(from);
      const r1 = v128.load(from + line);
      const r2 = v128.load(from + 2 * line);
      const r3 = v128.load(from + 3 * line);
      const a = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
      const b = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const c = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
      const d = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f64>(a, c, 0, 2));
      v128.store(to, v128.shuffle<f64>(a, c, 1, 3), 80);
      v128.store(to, v128.shuffle<f64>(b, d, 0, 2), 160);
      v128.store(to, v128.shuffle<f64>(b, d, 1, 3), 240);
      from += 16;
      to += 320;
    }
    delta += line << 2;
  }
}

/**
 * The weight gradients of panels, over the samples that have the pixel, ascending:
 *
 *     dw[pixel][o] (+)= sum of x * delta[s][o]
 *
 * Shapes: columns and columnEnds from sparseLists, delta [panels * 20][stride] feature-major, dw [panels][pixels][20],
 * scratch as sparseScratch says. samples is a multiple of 4, panels 1 to 4.
 */
export function sparseGradient(
  columns: usize,
  bucketBytes: usize,
  columnEnds: usize,
  delta: usize,
  scratch: usize,
  dw: usize,
  pixels: i32,
  panels: i32,
  samples: i32,
  stride: i32,
  accumulate: bool,
): void {
  const panelBytes = <usize>pixels * PANEL_BYTES;
  const deltaBytes = <usize>stride * PANEL_BYTES;
  for (let panel = 0; panel < panels; panel++) {
    gatherDelta(delta, scratch, samples, stride);
    panelGradient(columns, bucketBytes, columnEnds, pixels, scratch, dw, accumulate);
    delta += deltaBytes;
    dw += panelBytes;
  }
}

function panelGradient(
  columns: usize,
  bucketBytes: usize,
  columnEnds: usize,
  pixels: i32,
  block: usize,
  dw: usize,
  accumulate: bool,
): void {
  const zero = f32x4.splat(0);
  for (let p = 0; p < pixels; p++) {
    let c0 = zero,
      c1 = zero,
      c2 = zero,
      c3 = zero,
      c4 = zero;
    const end = <usize>load<u32>(columnEnds + ((<usize>p) << 2));
    for (let q = columns; q < end; q += 8) {
      const d = block + <usize>load<u32>(q);
      const x = v128.load_splat<f32>(q, 4);
      c0 = mulAdd(c0, x, v128.load(d));
      c1 = mulAdd(c1, x, v128.load(d, 16));
      c2 = mulAdd(c2, x, v128.load(d, 32));
      c3 = mulAdd(c3, x, v128.load(d, 48));
      c4 = mulAdd(c4, x, v128.load(d, 64));
    }
    if (accumulate) {
      c0 = f32x4.add(v128.load(dw), c0);
      c1 = f32x4.add(v128.load(dw, 16), c1);
      c2 = f32x4.add(v128.load(dw, 32), c2);
      c3 = f32x4.add(v128.load(dw, 48), c3);
      c4 = f32x4.add(v128.load(dw, 64), c4);
    }
    v128.store(dw, c0);
    v128.store(dw, c1, 16);
    v128.store(dw, c2, 32);
    v128.store(dw, c3, 48);
    v128.store(dw, c4, 64);
    dw += PANEL_BYTES;
    columns += bucketBytes;
  }
}
