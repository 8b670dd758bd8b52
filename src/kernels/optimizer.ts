// Optimizers over a range of parameters. Every array is [count] floats, count a multiple of 4; the gradient is not changed.

import { flush, mulAdd } from './simd';

/** Gradients (weight decay included) below this are taken as 0: their squares would be denormal, and next to epsilon they move nothing. */
const GRADIENT_FLOOR: f32 = 1e-16;
const MOMENT_FLOOR: f32 = 1e-30;

/**
 * Adam (Kingma & Ba 2015) in PyTorch's order, with L2 in the gradient:
 *
 *     g = grad + decay * p;  m = beta1 * m + (1 - beta1) * g;  v = beta2 * v + ((1 - beta2) * g) * g
 *     p = shrink * p - (stepSize * m) / (sqrt(v) * secondScale + epsilon)
 *
 * with stepSize = learningRate / (1 - beta1^t) and secondScale = 1 / sqrt(1 - beta2^t). AdamW passes decay 0 and shrink 1 - learningRate * weightDecay; Adam passes shrink 1.
 * |g| < 1e-16, |m| < 1e-30 and v < 1e-30 become 0, so that no denormal is ever stored (docs/definitions.md#denormals).
 */
export function adamUpdate(
  p: usize, grad: usize, m: usize, v: usize, count: i32,
  stepSize: f32, beta1: f32, beta2: f32, rest1: f32, rest2: f32, secondScale: f32, epsilon: f32, decay: f32, shrink: f32,
): void {
  // Constants in registers: V8 leaves a splat where it stands. Four vectors a turn: the loop is bound by the number of its instructions, not by memory.
  const magnitude = i32x4.splat(0x7fffffff), gradientFloor = f32x4.splat(GRADIENT_FLOOR), momentFloor = f32x4.splat(MOMENT_FLOOR);
  const decays = f32x4.splat(decay), keep1 = f32x4.splat(beta1), add1 = f32x4.splat(rest1), keep2 = f32x4.splat(beta2), add2 = f32x4.splat(rest2);
  const scales = f32x4.splat(secondScale), epsilons = f32x4.splat(epsilon), steps = f32x4.splat(stepSize), shrinks = f32x4.splat(shrink);
  const end = p + (<usize>count << 2);
  for (; p + 64 <= end; p += 64, grad += 64, m += 64, v += 64) {
    adamVector(p, grad, m, v, magnitude, gradientFloor, momentFloor, decays, keep1, add1, keep2, add2, scales, epsilons, steps, shrinks);
    adamVector(p + 16, grad + 16, m + 16, v + 16, magnitude, gradientFloor, momentFloor, decays, keep1, add1, keep2, add2, scales, epsilons, steps, shrinks);
    adamVector(p + 32, grad + 32, m + 32, v + 32, magnitude, gradientFloor, momentFloor, decays, keep1, add1, keep2, add2, scales, epsilons, steps, shrinks);
    adamVector(p + 48, grad + 48, m + 48, v + 48, magnitude, gradientFloor, momentFloor, decays, keep1, add1, keep2, add2, scales, epsilons, steps, shrinks);
  }
  for (; p < end; p += 16, grad += 16, m += 16, v += 16) {
    adamVector(p, grad, m, v, magnitude, gradientFloor, momentFloor, decays, keep1, add1, keep2, add2, scales, epsilons, steps, shrinks);
  }
}

/** Adam on four parameters. */
// @ts-ignore: decorator
@inline
function adamVector(
  p: usize, grad: usize, m: usize, v: usize,
  magnitude: v128, gradientFloor: v128, momentFloor: v128, decay: v128, keep1: v128, add1: v128, keep2: v128, add2: v128,
  scale: v128, epsilon: v128, step: v128, shrink: v128,
): void {
  const p0 = v128.load(p);
  const g0 = mulAdd(v128.load(grad), p0, decay);
  const g = v128.andnot(g0, f32x4.lt(v128.and(g0, magnitude), gradientFloor));
  const m0 = f32x4.add(f32x4.mul(v128.load(m), keep1), f32x4.mul(g, add1));
  const m1 = v128.andnot(m0, f32x4.lt(v128.and(m0, magnitude), momentFloor));
  // Never negative, so it needs no absolute value.
  const v0 = f32x4.add(f32x4.mul(v128.load(v), keep2), f32x4.mul(f32x4.mul(g, add2), g));
  const v1 = v128.andnot(v0, f32x4.lt(v0, momentFloor));
  v128.store(m, m1);
  v128.store(v, v1);
  const move = f32x4.div(f32x4.mul(m1, step), f32x4.add(f32x4.mul(f32x4.sqrt(v1), scale), epsilon));
  v128.store(p, f32x4.sub(f32x4.mul(p0, shrink), move));
}

/**
 * Stochastic gradient descent with momentum, as PyTorch: g = grad + decay * p; b = momentum * b + g; p = p - learningRate * b.
 * |b| < 1e-30 becomes 0. With momentum 0 the buffer is written but never used.
 */
export function sgdUpdate(p: usize, grad: usize, buffer: usize, count: i32, learningRate: f32, momentum: f32, decay: f32): void {
  const floor = f32x4.splat(MOMENT_FLOOR);
  const end = p + (<usize>count << 2);
  for (; p < end; p += 16, grad += 16, buffer += 16) {
    const p0 = v128.load(p);
    const g = mulAdd(v128.load(grad), p0, f32x4.splat(decay));
    const b = flush(mulAdd(g, v128.load(buffer), f32x4.splat(momentum)), floor);
    v128.store(buffer, b);
    v128.store(p, f32x4.sub(p0, f32x4.mul(b, f32x4.splat(learningRate))));
  }
}
