import { powInt } from '../math.js';
import { bisect } from './bisect.js';
import { requireLevel } from './sample.js';

/**
 * P(T > t) of Student's distribution with a whole number of degrees of freedom, within a relative 1e-13, from +, -, *,
 * / and square roots alone.
 *
 *     P(T > t) = I_x(nu / 2, 1 / 2) / 2,   x = nu / (nu + t^2), t >= 0
 *     I_x(a, b) = x^a (1 - x)^b / (a B(a, b)) sum_k x^k (a + b)_k / (a + 1)_k   = 1 - I_(1 - x)(b, a)
 *
 * Range: [0, 1]. Reference: Abramowitz & Stegun 26.5.4, 26.7.1.
 * @throws RangeError if t is NaN or the degrees of freedom are not a whole number from 1
 */
export function studentUpperTail(t: number, degreesOfFreedom: number): number {
  if (Number.isNaN(t) || !Number.isSafeInteger(degreesOfFreedom) || degreesOfFreedom < 1) {
    throw new RangeError(
      `studentUpperTail: expected a number and whole degrees of freedom from 1, got ${t} and ${degreesOfFreedom}`,
    );
  }
  if (t < 0) return 1 - studentUpperTail(-t, degreesOfFreedom);
  if (t === Infinity) return 0;
  const a = degreesOfFreedom / 2;
  const x = degreesOfFreedom / (degreesOfFreedom + t * t);
  const y = 1 / (1 + degreesOfFreedom / (t * t));
  const front = powInt(Math.sqrt(x), degreesOfFreedom) * Math.sqrt(y) * inverseBeta(degreesOfFreedom);
  if (x < (a + 1) / (a + 2.5)) return (front / a) * betaSeries(x, a, 0.5) * 0.5;
  return 0.5 - front * betaSeries(y, 0.5, a);
}

/**
 * The t with P(T <= t) = p.
 *
 * Range of p: (0, 1).
 * @throws RangeError if p is not between 0 and 1 or the degrees of freedom are not a whole number from 1
 */
export function studentQuantile(p: number, degreesOfFreedom: number): number {
  requireLevel(p, 'studentQuantile');
  const tail = Math.min(p, 1 - p);
  let high = 1;
  while (studentUpperTail(high, degreesOfFreedom) > tail) high *= 2;
  const t = bisect((value) => tail - studentUpperTail(value, degreesOfFreedom), 0, high);
  return p < 0.5 ? -t : t;
}

/** 1 / B(nu / 2, 1 / 2), by B(a + 1, 1 / 2) = B(a, 1 / 2) a / (a + 1 / 2) from B(1/2, 1/2) = pi or B(1, 1/2) = 2. */
function inverseBeta(degreesOfFreedom: number): number {
  const odd = degreesOfFreedom % 2 === 1;
  let value = odd ? 1 / Math.PI : 0.5;
  for (let nu = odd ? 1 : 2; nu < degreesOfFreedom; nu += 2) value *= (nu + 1) / nu;
  return value;
}

/** sum_k x^k (a + b)_k / (a + 1)_k, all of whose terms are positive. */
function betaSeries(x: number, a: number, b: number): number {
  let sum = 0;
  for (let term = 1, k = 0; sum + term !== sum; k++) {
    sum += term;
    term *= (x * (a + b + k)) / (a + 1 + k);
  }
  return sum;
}
