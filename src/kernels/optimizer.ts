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
  const gradientFloor = f32x4.splat(GRADIENT_FLOOR);
  const momentFloor = f32x4.splat(MOMENT_FLOOR);
  const end = p + (<usize>count << 2);
  for (; p < end; p += 16, grad += 16, m += 16, v += 16) {
    const p0 = v128.load(p);
    const g = flush(mulAdd(v128.load(grad), p0, f32x4.splat(decay)), gradientFloor);
    const m1 = flush(f32x4.add(f32x4.mul(v128.load(m), f32x4.splat(beta1)), f32x4.mul(g, f32x4.splat(rest1))), momentFloor);
    const v1 = flush(f32x4.add(f32x4.mul(v128.load(v), f32x4.splat(beta2)), f32x4.mul(f32x4.mul(g, f32x4.splat(rest2)), g)), momentFloor);
    v128.store(m, m1);
    v128.store(v, v1);
    const denominator = f32x4.add(f32x4.mul(f32x4.sqrt(v1), f32x4.splat(secondScale)), f32x4.splat(epsilon));
    const move = f32x4.div(f32x4.mul(m1, f32x4.splat(stepSize)), denominator);
    v128.store(p, f32x4.sub(f32x4.mul(p0, f32x4.splat(shrink)), move));
  }
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
