import type { Mt19937 } from '../../src/base/mt19937.js';

/** Numbers from a uniform distribution on [-1, 1), in float64. */
export const randomNumbers = (rng: Mt19937, count: number): Float64Array =>
  Float64Array.from({ length: count }, () => rng.next() / 2 ** 31 - 1);

export const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/** The point at distance t along a direction. */
export const along = (point: Float64Array, direction: Float64Array, t: number): Float64Array =>
  point.map((p, i) => p + t * direction[i]!);

/**
 * df/dt at 0 by the five-point central difference, with a truncation error of order h^4: about 1e-12 where f is smooth
 * within 2 h.
 *
 *     f'(0) = (8 (f(h) - f(-h)) - (f(2h) - f(-2h))) / 12 h,   h = 1e-4
 */
export function centralDifference(f: (t: number) => Float64Array): Float64Array {
  const h = 1e-4;
  const [far, near] = [2 * h, h].map((t) => {
    const [plus, minus] = [f(t), f(-t)];
    return plus.map((value, i) => value - minus[i]!);
  });
  return near!.map((difference, i) => (8 * difference - far![i]!) / (12 * h));
}
