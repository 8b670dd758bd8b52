import { exp } from '../math.js';
import { bisect } from './bisect.js';

const inverseSqrt2Pi = 0.3989422804014327;
/** From here on the continued fraction, cut after so many levels, is exact to a few units in the last place. */
const tailStart = 3;
const levels = 100;

/**
 * P(Z > z) of the standard normal distribution, within a relative 1e-14, from +, -, *, / and our own exp.
 *
 *     0 <= z < 3:  1/2 - phi(z) (z + z^3 / 3 + z^5 / 3 5 + z^7 / 3 5 7 + ...)
 *     z >= 3:      phi(z) / (z + 1 / (z + 2 / (z + 3 / ...)))
 *
 * Range: [0, 1]; 0 beyond z = 38.6. Reference: Marsaglia 2004, Journal of Statistical Software 11(4); Abramowitz &
 * Stegun 26.2.11, 26.2.14.
 * @throws RangeError if z is NaN
 */
export function normalUpperTail(z: number): number {
  if (Number.isNaN(z)) throw new RangeError('normalUpperTail: expected a number, got NaN');
  if (z < 0) return 1 - normalUpperTail(-z);
  if (z === Infinity) return 0;
  const density = inverseSqrt2Pi * exp(-(z * z) / 2);
  if (z < tailStart) {
    let sum = 0;
    for (let term = z, n = 3; sum + term !== sum; n += 2) {
      sum += term;
      term *= (z * z) / n;
    }
    return 0.5 - density * sum;
  }
  let below = z;
  for (let level = levels; level >= 1; level--) below = z + level / below;
  return density / below;
}

/**
 * The z with P(Z <= z) = p.
 *
 * Range of p: (0, 1).
 * @throws RangeError if p is not between 0 and 1
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`normalQuantile: expected a number between 0 and 1, got ${p}`);
  // The smaller tail keeps its digits.
  const tail = bisect((z) => Math.min(p, 1 - p) - normalUpperTail(z), 0, 40);
  return p < 0.5 ? -tail : tail;
}
