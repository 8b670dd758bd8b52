// Small inlined helpers of the SIMD kernels. Strict SIMD: no fused multiply-add, so `mulAdd` rounds twice on every
// machine.

// @inline
export function mulAdd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

// @inline
export function splatAt(pointer: usize): v128 {
  return v128.load_splat<f32>(pointer);
}

/** The four lanes of a vector, added as (l0 + l1) + (l2 + l3). */
// @inline
export function sumLanes(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

/** `sumLanes` of four vectors at once, to the same bits. */
// @inline
export function sumLanes4(v0: v128, v1: v128, v2: v128, v3: v128): v128 {
  const low = f32x4.add(v128.shuffle<f32>(v0, v1, 0, 2, 4, 6), v128.shuffle<f32>(v0, v1, 1, 3, 5, 7));
  const high = f32x4.add(v128.shuffle<f32>(v2, v3, 0, 2, 4, 6), v128.shuffle<f32>(v2, v3, 1, 3, 5, 7));
  return f32x4.add(v128.shuffle<f32>(low, high, 0, 2, 4, 6), v128.shuffle<f32>(low, high, 1, 3, 5, 7));
}

/** Zero where |v| < bound: keeps denormals, which cost a hundred cycles each, out of what is stored. NaN stays NaN. */
// @inline
export function flush(v: v128, bound: v128): v128 {
  return v128.andnot(v, f32x4.lt(f32x4.abs(v), bound));
}

/**
 * v rounded to a multiple of half the gap between floats at `grain`, a power of two: cheaper than `flush`. NaN stays
 * NaN.
 */
// @inline
export function rounded(v: v128, grain: v128): v128 {
  return f32x4.sub(f32x4.add(v, grain), grain);
}

/** Leaky ReLU with 0 <= slope < 1; slope 0 is ReLU. NaN stays NaN, as `pmax` keeps its first operand then. */
// @inline
export function leaky(z: v128, slope: v128): v128 {
  return f32x4.pmax(z, f32x4.mul(z, slope));
}

/**
 * `gradient` times the derivative of leaky ReLU, read from its output: 1 where y > 0, else slope. In bits: one
 * operation less than a select.
 */
// @inline
export function leakyGradient(gradient: v128, y: v128, slope: v128): v128 {
  const change = v128.xor(f32x4.splat(1), slope);
  return f32x4.mul(gradient, v128.xor(slope, v128.and(change, f32x4.gt(y, f32x4.splat(0)))));
}

/**
 * e^x for x <= 88, by x = n ln 2 + r and a polynomial in r (Cephes `expf`); at most 2 ulp.
 * Results below e^-87, the denormal range, are 0.
 */
// @inline
export function exp4(x: v128): v128 {
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.4426950216293335)));
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
  let p = mulAdd(f32x4.splat(1.3981999507e-3), r, f32x4.splat(1.98756915e-4));
  p = mulAdd(f32x4.splat(8.3334519073e-3), r, p);
  p = mulAdd(f32x4.splat(4.1665795894e-2), r, p);
  p = mulAdd(f32x4.splat(1.6666665459e-1), r, p);
  p = mulAdd(f32x4.splat(5.0000001201e-1), r, p);
  p = f32x4.add(mulAdd(r, f32x4.mul(r, r), p), f32x4.splat(1));
  const scale = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return v128.andnot(f32x4.mul(p, scale), f32x4.lt(x, f32x4.splat(-87)));
}
