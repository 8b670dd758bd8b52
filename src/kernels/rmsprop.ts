// RMSprop over a range of parameters. Every array is [count] floats, count a multiple of 4; the gradient is not
// changed.

import { mulAdd, rounded } from './simd';

/** Gradients (weight decay included) are rounded to a multiple of 2^-54, so that no square is denormal. */
const GRADIENT_GRAIN: f32 = 9.313225746154785e-10; // 2^-30
/** Means of gradients are rounded to a multiple of 2^-62, for the same reason. */
const MEAN_GRAIN: f32 = 3.637978807091713e-12; // 2^-38
/** Buffers are rounded to a multiple of 2^-100. */
const BUFFER_GRAIN: f32 = 1.3234889800848443e-23; // 2^-76
/** Joins every squared gradient, so that no mean square fades into denormals. */
const SQUARE_FLOOR: f32 = 7.888609052210118e-31; // 2^-100

/**
 * RMSprop (Tieleman & Hinton 2012) as PyTorch has it, with L2 in the gradient, share = 1 - alpha:
 *
 *     g = grad + decay * p;  v = alpha * v + share * (g * g + 2^-100)
 *     m = alpha * m + share * g                            where mean is not 0 (centered): v - m * m takes the place of
 * v
 *     d = g / (sqrt(v) + epsilon)
 *     b = momentum * b + d                                 where buffer is not 0: b takes the place of d
 *     p = p - rate * d
 *
 * No denormal is ever stored (docs/definitions.md#denormals): g, m and b are rounded by adding a larger constant and
 * taking it off again.
 */
export function rmspropUpdate(
  p: usize,
  grad: usize,
  square: usize,
  mean: usize,
  buffer: usize,
  count: i32,
  rate: f32,
  alpha: f32,
  share: f32,
  epsilon: f32,
  decay: f32,
  momentum: f32,
): void {
  const keep = f32x4.splat(alpha);
  const shares = f32x4.splat(share);
  for (let at: usize = 0, end = (<usize>count) << 2; at < end; at += 16) {
    const p0 = v128.load(p + at);
    const g = rounded(mulAdd(v128.load(grad + at), p0, f32x4.splat(decay)), f32x4.splat(GRADIENT_GRAIN));
    const squared = f32x4.mul(shares, mulAdd(f32x4.splat(SQUARE_FLOOR), g, g));
    let v = mulAdd(squared, v128.load(square + at), keep);
    v128.store(square + at, v);
    if (mean) {
      const m = rounded(mulAdd(f32x4.mul(shares, g), v128.load(mean + at), keep), f32x4.splat(MEAN_GRAIN));
      v128.store(mean + at, m);
      v = f32x4.max(f32x4.sub(v, f32x4.mul(m, m)), f32x4.splat(0));
    }
    let d = f32x4.div(g, f32x4.add(f32x4.sqrt(v), f32x4.splat(epsilon)));
    if (buffer) {
      d = rounded(mulAdd(d, v128.load(buffer + at), f32x4.splat(momentum)), f32x4.splat(BUFFER_GRAIN));
      v128.store(buffer + at, d);
    }
    v128.store(p + at, f32x4.sub(p0, f32x4.mul(f32x4.splat(rate), d)));
  }
}
