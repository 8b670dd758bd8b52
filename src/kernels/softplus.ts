// Softplus, element by element, whatever the layout. Counts are multiples of 4.

import { exp4, flush, mulAdd } from './simd';

/** e^-|x| below this is taken as 0, so that no value, and no gradient that it shrinks, is denormal. */
const DECAY_FLOOR: f32 = 1e-20;

// @inline
function decay4(x: v128): v128 {
  return flush(exp4(f32x4.neg(f32x4.abs(x))), f32x4.splat(DECAY_FLOOR));
}

/**
 * log(1 + u) for 0 <= u <= 1, at most 3 ulp: 2 artanh s with s = u / (2 + u), whose series in s^2 <= 1/9 ends below
 * half a unit in the last place.
 */
// @inline
function log1p4(u: v128): v128 {
  const s = f32x4.div(u, f32x4.add(u, f32x4.splat(2)));
  const z = f32x4.mul(s, s);
  let p = f32x4.splat(1.3333333333e-1); // 2 / 15
  p = mulAdd(f32x4.splat(1.5384615385e-1), z, p); // 2 / 13
  p = mulAdd(f32x4.splat(1.8181818182e-1), z, p); // 2 / 11
  p = mulAdd(f32x4.splat(2.2222222222e-1), z, p); // 2 / 9
  p = mulAdd(f32x4.splat(2.8571428571e-1), z, p); // 2 / 7
  p = mulAdd(f32x4.splat(4e-1), z, p); // 2 / 5
  p = mulAdd(f32x4.splat(6.6666666667e-1), z, p); // 2 / 3
  return mulAdd(f32x4.add(s, s), f32x4.mul(s, z), p);
}

/** y = log(1 + e^x) = max(x, 0) + log(1 + e^-|x|); 0 below about -46. */
export function softplusForward(x: usize, y: usize, count: i32): void {
  const end = x + ((<usize>count) << 2);
  for (; x < end; x += 16, y += 16) {
    const x0 = v128.load(x);
    v128.store(y, f32x4.add(f32x4.max(x0, f32x4.splat(0)), log1p4(decay4(x0))));
  }
}

/** dx = dy / (1 + e^-x). dx and dy may be the same array. */
export function softplusBackward(dy: usize, x: usize, dx: usize, count: i32): void {
  const one = f32x4.splat(1);
  const end = dy + ((<usize>count) << 2);
  for (; dy < end; dy += 16, x += 16, dx += 16) {
    const x0 = v128.load(x);
    const e = decay4(x0);
    const above = v128.bitselect(e, one, f32x4.lt(x0, f32x4.splat(0)));
    v128.store(dx, f32x4.mul(v128.load(dy), f32x4.div(above, f32x4.add(one, e))));
  }
}

/**
 * The tangent of softplusBackward's result by its factor: out = out + e / (1 + e)^2 * tangent * dy, e = e^-|x|, with
 * tangent that of x.
 */
export function softplusCurvature(dy: usize, x: usize, tangent: usize, out: usize, count: i32): void {
  const one = f32x4.splat(1);
  const end = dy + ((<usize>count) << 2);
  for (; dy < end; dy += 16, x += 16, tangent += 16, out += 16) {
    const e = decay4(v128.load(x));
    const share = f32x4.add(one, e);
    const bend = f32x4.div(e, f32x4.mul(share, share));
    v128.store(out, mulAdd(v128.load(out), f32x4.mul(bend, v128.load(tangent)), v128.load(dy)));
  }
}
