// The square, element by element, whatever the layout. Counts are multiples of 4.

import { flush, mulAdd } from './simd';

/** What is smaller is taken as 0, so that neither a square nor a gradient is denormal. */
const FLOOR: f32 = 1e-30;

/** y = x^2, and 0 where that is below 1e-30. x and y may be the same array. */
export function squareForward(x: usize, y: usize, count: i32): void {
  const end = x + ((<usize>count) << 2);
  for (; x < end; x += 16, y += 16) {
    const x0 = v128.load(x);
    v128.store(y, flush(f32x4.mul(x0, x0), f32x4.splat(FLOOR)));
  }
}

/** dx = 2 x dy, and 0 where that is below 1e-30. dx and dy may be the same array. */
export function squareBackward(dy: usize, x: usize, dx: usize, count: i32): void {
  const end = dy + ((<usize>count) << 2);
  for (; dy < end; dy += 16, x += 16, dx += 16) {
    const x0 = v128.load(x);
    v128.store(dx, flush(f32x4.mul(v128.load(dy), f32x4.add(x0, x0)), f32x4.splat(FLOOR)));
  }
}

/** The tangent of squareBackward's result by its factor: out = out + 2 tangent dy, with tangent that of x. */
export function squareCurvature(dy: usize, tangent: usize, out: usize, count: i32): void {
  const end = dy + ((<usize>count) << 2);
  for (; dy < end; dy += 16, tangent += 16, out += 16) {
    const t = v128.load(tangent);
    v128.store(out, mulAdd(v128.load(out), f32x4.add(t, t), v128.load(dy)));
  }
}
