import { requirePairs } from './sample.js';

/**
 * What a has over b, pair by pair (a pair shares its seed).
 *
 *     d_i = a_i - b_i
 *
 * Shapes: a, b and result [n].
 * @throws RangeError if the lengths differ, there is no pair, or a value is not finite
 */
export function pairedDifferences(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  requirePairs(a, b, 'pairedDifferences');
  return Float64Array.from(a, (value, i) => value - b[i]!);
}

/**
 * How many times b goes into a, pair by pair, for positive quantities.
 *
 *     r_i = a_i / b_i
 *
 * Shapes: a, b and result [n].
 * @throws RangeError if the lengths differ, there is no pair, or a value is not finite and positive
 */
export function pairedRatios(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  requirePairs(a, b, 'pairedRatios');
  return Float64Array.from(a, (value, i) => {
    if (!(value > 0 && b[i]! > 0)) {
      throw new RangeError(
        `pairedRatios: expected positive numbers, got ${value} and ${b[i]} at ${i}; use differences`,
      );
    }
    return value / b[i]!;
  });
}
