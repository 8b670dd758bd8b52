import { requireSample } from './sample.js';

/**
 * Probability that a value of a is above one of b, drawn independently; ties count half.
 *
 *     (#{a_i > b_j} + #{a_i = b_j} / 2) / (n m)   = Mann-Whitney U / (n m)
 *
 * Shapes: a [n], b [m]. Range: [0, 1]; 0.5 where neither is above. Reference: Agarwal et al. 2021 (probability of
 * improvement); Vargha & Delaney 2000.
 * @throws RangeError if a sample is empty or holds a value that is not finite
 */
export function probabilityOfSuperiority(a: ArrayLike<number>, b: ArrayLike<number>): number {
  requireSample(a, 'probabilityOfSuperiority');
  requireSample(b, 'probabilityOfSuperiority');
  let halves = 0;
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) halves += Math.sign(a[i]! - b[j]!) + 1;
  }
  return halves / 2 / (a.length * b.length);
}
