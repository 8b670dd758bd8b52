// Optimizers over a range of parameters. Every array is [count] floats, count a multiple of 4; the gradient is not
// changed.

import { flush, mulAdd, rounded } from './simd';

/**
 * Adam's gradients (weight decay included) are rounded to a multiple of 2^-54, so that no square is denormal; first
 * moments to one of about 2^-100.
 */
const GRADIENT_GRAIN: f32 = 9.313225746154785e-10; // 2^-30
const MOMENT_GRAIN: f32 = 1.3234889800848443e-23; // 2^-76
/** Joins every squared gradient, so that no second moment fades into denormals. */
const SQUARE_FLOOR: f32 = 7.888609052210118e-31; // 2^-100
const MOMENT_FLOOR: f32 = 1e-30;

/**
 * Adam (Kingma & Ba 2015), with L2 in the gradient, on scaled moments M = m / (1 - beta1) and V = v / (1 - beta2):
 *
 *     g = grad + decay * p;  M = beta1 * M + g;  V = beta2 * V + g * g
 *     p = shrink * p - (rate * M) / (sqrt(V) + floor)
 *
 * which is Adam where, with k = sqrt((1 - beta2) / (1 - beta2^t)),
 *
 *     rate = learningRate * (1 - beta1) / ((1 - beta1^t) * k),  floor = epsilon / k
 *
 * two multiplications less than with m and v. AdamW passes decay 0 and shrink 1 - learningRate * weightDecay; Adam
 * passes shrink 1. No denormal is ever stored (docs/definitions.md#denormals): g is rounded to about 2^-54 and M to
 * about 2^-100, by adding a larger constant and taking it off again, and 2^-100 joins the square of g.
 */
export function adamUpdate(
  p: usize,
  grad: usize,
  m: usize,
  v: usize,
  count: i32,
  rate: f32,
  beta1: f32,
  beta2: f32,
  floor: f32,
  decay: f32,
  shrink: f32,
): void {
  // Constants in registers: V8 leaves a splat where it stands. Four vectors a turn: the loop is bound by the number of
  // its instructions, not by memory.
  const rates = f32x4.splat(rate),
    keep1 = f32x4.splat(beta1),
    keep2 = f32x4.splat(beta2),
    floors = f32x4.splat(floor);
  const decays = f32x4.splat(decay),
    shrinks = f32x4.splat(shrink);
  const end = p + ((<usize>count) << 2);
  for (; p + 64 <= end; p += 64, grad += 64, m += 64, v += 64) {
    adamVector(p, grad, m, v, rates, keep1, keep2, floors, decays, shrinks);
    adamVector(p + 16, grad + 16, m + 16, v + 16, rates, keep1, keep2, floors, decays, shrinks);
    adamVector(p + 32, grad + 32, m + 32, v + 32, rates, keep1, keep2, floors, decays, shrinks);
    adamVector(p + 48, grad + 48, m + 48, v + 48, rates, keep1, keep2, floors, decays, shrinks);
  }
  for (; p < end; p += 16, grad += 16, m += 16, v += 16)
    adamVector(p, grad, m, v, rates, keep1, keep2, floors, decays, shrinks);
}

/** Adam on four parameters. */
// @inline
function adamVector(
  p: usize,
  grad: usize,
  m: usize,
  v: usize,
  rate: v128,
  keep1: v128,
  keep2: v128,
  floor: v128,
  decay: v128,
  shrink: v128,
): void {
  const p0 = v128.load(p);
  const g = rounded(mulAdd(v128.load(grad), p0, decay), f32x4.splat(GRADIENT_GRAIN));
  const m1 = rounded(mulAdd(g, v128.load(m), keep1), f32x4.splat(MOMENT_GRAIN));
  const v1 = f32x4.add(f32x4.mul(v128.load(v), keep2), mulAdd(f32x4.splat(SQUARE_FLOOR), g, g));
  v128.store(m, m1);
  v128.store(v, v1);
  v128.store(p, f32x4.sub(f32x4.mul(p0, shrink), f32x4.div(f32x4.mul(m1, rate), f32x4.add(f32x4.sqrt(v1), floor))));
}

/**
 * Stochastic gradient descent with momentum, as PyTorch: g = grad + decay * p; b = momentum * b + g; p = p -
 * learningRate * b. |b| < 1e-30 becomes 0. With momentum 0 the buffer is written but never used.
 */
export function sgdUpdate(
  p: usize,
  grad: usize,
  buffer: usize,
  count: i32,
  learningRate: f32,
  momentum: f32,
  decay: f32,
): void {
  const floor = f32x4.splat(MOMENT_FLOOR);
  const end = p + ((<usize>count) << 2);
  for (; p < end; p += 16, grad += 16, buffer += 16) {
    const p0 = v128.load(p);
    const g = mulAdd(v128.load(grad), p0, f32x4.splat(decay));
    const b = flush(mulAdd(g, v128.load(buffer), f32x4.splat(momentum)), floor);
    v128.store(buffer, b);
    v128.store(p, f32x4.sub(p0, f32x4.mul(b, f32x4.splat(learningRate))));
  }
}
