import type { Mt19937 } from '../../base/mt19937.js';

/** A symmetric matrix known by its products alone. Shapes: v and result [n]; the result is the caller's to keep. */
export type Product = (v: Float64Array) => Float64Array;

/** Sum of products, in order. Shapes: a and b [n]. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Euclidean length, sqrt(sum a_i^2). Shapes: a [n]. */
export const norm = (a: Float64Array): number => Math.sqrt(dot(a, a));

/** `y += factor * x`, in place. Shapes: y and x [n]. */
export function addScaled(y: Float64Array, factor: number, x: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i]! += factor * x[i]!;
}

/**
 * `y += factor * x`, in place, and the sum of products of y, as it then is, with another vector: the same bits as one
 * after the other, but y is read once. Shapes: y, x and other [n].
 */
export function addScaledThenDot(y: Float64Array, factor: number, x: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    const value = y[i]! + factor * x[i]!;
    y[i] = value;
    sum += other[i]! * value;
  }
  return sum;
}

/** The point at distance t along a direction: x + t d. Shapes: x, d and result [n]. */
export function along(x: Float64Array, t: number, d: Float64Array): Float64Array {
  const result = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) result[i] = x[i]! + t * d[i]!;
  return result;
}

/** a - b. Shapes: a, b and result [n]. */
export const difference = (a: Float64Array, b: Float64Array): Float64Array => along(a, -1, b);

/** Independent signs, -1 or 1 with equal odds (Rademacher), one draw each. Shapes: result [n]. */
export function signVector(rng: Mt19937, n: number): Float64Array {
  const signs = new Float64Array(n);
  for (let i = 0; i < n; i++) signs[i] = rng.next() >>> 31 === 0 ? 1 : -1;
  return signs;
}

/**
 * Passes finite numbers through. Shapes: values and result [n].
 * @throws RangeError that names the measure and the first number that is not finite: a diverged run must not look like
 * a result
 */
export function requireFinite(where: string, values: Float64Array): Float64Array {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`${where}: expected finite numbers, got ${values[bad]} at index ${bad}`);
  return values;
}

/** @throws RangeError if a length is not what it must be */
export function requireLength(where: string, values: ArrayLike<number>, expected: number): void {
  if (values.length !== expected) throw new RangeError(`${where}: expected ${expected} numbers, got ${values.length}`);
}

/** @throws RangeError if a count is not a whole number of at least `least` */
export function requireCount(where: string, count: number, least: number): void {
  if (!Number.isSafeInteger(count) || count < least) {
    throw new RangeError(`${where}: expected a whole number of at least ${least}, got ${count}`);
  }
}

/** @throws RangeError if a number is not positive and finite */
export function requirePositive(where: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`${where}: expected a positive number, got ${value}`);
}
