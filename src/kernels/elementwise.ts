// Element by element, whatever the layout: activations that could not be fused, dropout, reductions over a range.
// Counts are multiples of 4.

import { exp4, leaky, leakyGradient, mulAdd } from './simd';

/** y = leakyRelu(x); slope 0 is ReLU. x and y may be the same array. */
export function leakyForward(x: usize, y: usize, count: i32, slope: f32): void {
  const s = f32x4.splat(slope);
  const end = x + ((<usize>count) << 2);
  for (; x < end; x += 16, y += 16) v128.store(y, leaky(v128.load(x), s));
}

/** dx = dy * leakyRelu'(x), read from the output y. dx and dy may be the same array. */
export function leakyBackward(dy: usize, y: usize, dx: usize, count: i32, slope: f32): void {
  const s = f32x4.splat(slope);
  const end = dy + ((<usize>count) << 2);
  for (; dy < end; dy += 16, y += 16, dx += 16) v128.store(dx, leakyGradient(v128.load(dy), v128.load(y), s));
}

/**
 * y = tanh(x), at most 3 ulp: a polynomial for |x| < 0.625 (Cephes `tanhf`), else 1 - 2 / (e^(2|x|) + 1) with the sign
 * of x.
 */
export function tanhForward(x: usize, y: usize, count: i32): void {
  const end = x + ((<usize>count) << 2);
  for (; x < end; x += 16, y += 16) v128.store(y, tanh4(v128.load(x)));
}

// @inline
function tanh4(x: v128): v128 {
  const z = f32x4.mul(x, x);
  let p = mulAdd(f32x4.splat(2.06390887954531e-2), z, f32x4.splat(-5.70498872745e-3));
  p = mulAdd(f32x4.splat(-5.37397155531e-2), z, p);
  p = mulAdd(f32x4.splat(1.33314422036e-1), z, p);
  p = mulAdd(f32x4.splat(-3.33332819422e-1), z, p);
  const small = mulAdd(x, f32x4.mul(z, p), x);
  const size = f32x4.abs(x);
  // From 10 on tanh is 1 in float32; the bound keeps exp in range. pmin keeps a NaN in its first operand.
  const e = exp4(f32x4.pmin(f32x4.add(size, size), f32x4.splat(20)));
  const large = f32x4.sub(f32x4.splat(1), f32x4.div(f32x4.splat(2), f32x4.add(e, f32x4.splat(1))));
  const signed = v128.or(large, v128.and(x, f32x4.splat(-0.0)));
  return v128.bitselect(small, signed, f32x4.lt(size, f32x4.splat(0.625)));
}

/** dx = dy * (1 - y^2). dx and dy may be the same array. */
export function tanhBackward(dy: usize, y: usize, dx: usize, count: i32): void {
  const end = dy + ((<usize>count) << 2);
  for (; dy < end; dy += 16, y += 16, dx += 16) {
    const y0 = v128.load(y);
    v128.store(dx, f32x4.mul(v128.load(dy), f32x4.sub(f32x4.splat(1), f32x4.mul(y0, y0))));
  }
}

/** The tangent of tanhBackward's result by its factor: out = out - 2 * y * tangent * dy, with tangent that of y. */
export function tanhCurvature(dy: usize, y: usize, tangent: usize, out: usize, count: i32): void {
  const end = dy + ((<usize>count) << 2);
  for (; dy < end; dy += 16, y += 16, tangent += 16, out += 16) {
    const change = f32x4.mul(f32x4.mul(v128.load(y), v128.load(tangent)), v128.load(dy));
    v128.store(out, f32x4.sub(v128.load(out), f32x4.add(change, change)));
  }
}

/** out = a * b. */
export function multiply(a: usize, b: usize, out: usize, count: i32): void {
  const end = a + ((<usize>count) << 2);
  for (; a < end; a += 16, b += 16, out += 16) v128.store(out, f32x4.mul(v128.load(a), v128.load(b)));
}

/** to = from; the arrays do not overlap. */
export function copyFloats(from: usize, to: usize, count: i32): void {
  memory.copy(to, from, (<usize>count) << 2);
}

/** Sum of squares of a range, in float64: two lanes (even and odd elements), ascending, then their sum. */
export function sumOfSquares(x: usize, count: i32): f64 {
  let sum = f64x2.splat(0);
  const end = x + ((<usize>count) << 2);
  for (; x < end; x += 16) {
    const v = v128.load(x);
    const low = f64x2.promote_low_f32x4(v);
    const high = f64x2.promote_low_f32x4(v128.shuffle<f64>(v, v, 1, 1));
    sum = f64x2.add(f64x2.add(sum, f64x2.mul(low, low)), f64x2.mul(high, high));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
