// Losses on feature-major outputs, [output][stride]; `count` samples are real, the rest up to `samples` (a multiple of
// 4) is padding and gets gradient 0.

import { exp4, flush, mulAdd } from './simd';

/** Gradients of probabilities below this are taken as 0, so that none is denormal. */
const GRADIENT_FLOOR: f32 = 1e-30;

/**
 * Softmax cross-entropy of integer labels, with its gradient: dz[c][s] = (softmax(z)[c][s] - [c = label s]) * scale.
 *
 * Returns the sum over samples, ascending, in float64, of log(sum over c of e^(z - max)) + max - z[label].
 * predictions[s] is the first class of the largest logit. Shapes: z, dz [classes][stride], labels and predictions
 * [samples] bytes. dz may be 0 (none wanted).
 */
export function crossEntropy(
  z: usize,
  labels: usize,
  dz: usize,
  predictions: usize,
  classes: i32,
  count: i32,
  samples: i32,
  stride: i32,
  scale: f32,
): f64 {
  const line = (<usize>stride) << 2;
  let loss: f64 = 0;
  for (let s = 0; s < samples; s += 4) {
    const zs = z + ((<usize>s) << 2);
    let max = v128.load(zs);
    let best = i32x4.splat(0);
    for (let c = 1; c < classes; c++) {
      const zc = v128.load(zs + <usize>c * line);
      const larger = f32x4.gt(zc, max);
      best = v128.bitselect(i32x4.splat(c), best, larger);
      max = v128.bitselect(zc, max, larger);
    }
    let sum = f32x4.splat(0);
    for (let c = 0; c < classes; c++) sum = f32x4.add(sum, exp4(f32x4.sub(v128.load(zs + <usize>c * line), max)));
    if (dz) {
      const factor = f32x4.div(f32x4.splat(scale), sum);
      for (let c = 0; c < classes; c++) {
        const e = exp4(f32x4.sub(v128.load(zs + <usize>c * line), max));
        v128.store(dz + ((<usize>s) << 2) + <usize>c * line, flush(f32x4.mul(e, factor), f32x4.splat(GRADIENT_FLOOR)));
      }
    }
    for (let t = 0; t < 4; t++) {
      const sample = s + t;
      if (sample < count) {
        const label = <i32>load<u8>(labels + <usize>sample);
        const at = ((<usize>sample) << 2) + <usize>label * line;
        loss += NativeMath.log(<f64>lane(sum, t)) + <f64>lane(max, t) - <f64>load<f32>(z + at);
        store<u8>(predictions + <usize>sample, <u8>laneI(best, t));
        if (dz) store<f32>(dz + at, load<f32>(dz + at) - scale);
      } else if (dz) {
        for (let c = 0; c < classes; c++) store<f32>(dz + ((<usize>sample) << 2) + <usize>c * line, 0);
      }
    }
  }
  return loss;
}

// @inline
function lane(v: v128, i: i32): f32 {
  if (i === 0) return f32x4.extract_lane(v, 0);
  if (i === 1) return f32x4.extract_lane(v, 1);
  if (i === 2) return f32x4.extract_lane(v, 2);
  return f32x4.extract_lane(v, 3);
}

// @inline
function laneI(v: v128, i: i32): i32 {
  if (i === 0) return i32x4.extract_lane(v, 0);
  if (i === 1) return i32x4.extract_lane(v, 1);
  if (i === 2) return i32x4.extract_lane(v, 2);
  return i32x4.extract_lane(v, 3);
}

/**
 * Squared error with its gradient: dz[o][s] = (z - target) * scale, scale = 2 / (number of elements of the whole
 * batch).
 *
 * Returns the float64 sum of squares: per output two lanes (even and odd samples), ascending, then their sum. Shapes:
 * z, targets, dz [outputs][stride]. dz may be 0 (none wanted).
 */
export function squaredError(
  z: usize,
  targets: usize,
  dz: usize,
  outputs: i32,
  count: i32,
  samples: i32,
  stride: i32,
  scale: f32,
): f64 {
  const line = (<usize>stride) << 2;
  let loss: f64 = 0;
  for (let o = 0; o < outputs; o++) {
    let sum = f64x2.splat(0);
    for (let s = 0; s < samples; s += 4) {
      const at = ((<usize>s) << 2) + <usize>o * line;
      const d = v128.and(f32x4.sub(v128.load(z + at), v128.load(targets + at)), realLanes(s, count));
      const low = f64x2.promote_low_f32x4(d);
      const high = f64x2.promote_low_f32x4(v128.shuffle<f64>(d, d, 1, 1));
      sum = f64x2.add(f64x2.add(sum, f64x2.mul(low, low)), f64x2.mul(high, high));
      if (dz) v128.store(dz + at, f32x4.mul(d, f32x4.splat(scale)));
    }
    loss += f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  }
  return loss;
}

/**
 * The tangent of crossEntropy's gradient along a tangent t of the logits: out[c][s] = p[c] * (t[c] - sum over c of p[c]
 * t[c]) * scale, with p = softmax(z).
 *
 * Shapes: z, tangent, out [classes][stride]. Padding gets 0.
 */
export function crossEntropyTangent(
  z: usize,
  tangent: usize,
  out: usize,
  classes: i32,
  count: i32,
  samples: i32,
  stride: i32,
  scale: f32,
): void {
  const line = (<usize>stride) << 2;
  const end = <usize>classes * line;
  for (let s = 0; s < samples; s += 4) {
    const at = (<usize>s) << 2;
    const zs = z + at;
    let max = v128.load(zs);
    for (let c: usize = line; c < end; c += line) max = f32x4.pmax(max, v128.load(zs + c));
    let sum = f32x4.splat(0);
    let mean = f32x4.splat(0);
    for (let c: usize = 0; c < end; c += line) {
      const e = exp4(f32x4.sub(v128.load(zs + c), max));
      sum = f32x4.add(sum, e);
      mean = mulAdd(mean, e, v128.load(tangent + at + c));
    }
    mean = f32x4.div(mean, sum);
    const factor = v128.and(f32x4.div(f32x4.splat(scale), sum), realLanes(s, count));
    for (let c: usize = 0; c < end; c += line) {
      const e = exp4(f32x4.sub(v128.load(zs + c), max));
      v128.store(out + at + c, f32x4.mul(f32x4.mul(e, factor), f32x4.sub(v128.load(tangent + at + c), mean)));
    }
  }
}

/**
 * The tangent of squaredError's gradient along a tangent of the outputs: out = tangent * scale, padding 0. Shapes:
 * tangent, out [outputs][stride].
 */
export function squaredErrorTangent(
  tangent: usize,
  out: usize,
  outputs: i32,
  count: i32,
  samples: i32,
  stride: i32,
  scale: f32,
): void {
  for (let o = 0; o < outputs; o++) {
    for (let s = 0; s < samples; s += 4) {
      const at = (<usize>(o * stride + s)) << 2;
      v128.store(out + at, v128.and(f32x4.mul(v128.load(tangent + at), f32x4.splat(scale)), realLanes(s, count)));
    }
  }
}

/** All ones in the lanes of samples s to s + 3 that are below count. */
// @inline
function realLanes(s: i32, count: i32): v128 {
  return i32x4.lt_s(i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(s)), i32x4.splat(count));
}
