import { lbfgsMemory } from './lbfgs.js';
import { dot, norm } from './vectors.js';

/** A function on the cube [-1, 1]^p. Shapes: u and gradient [p]. */
export interface CubeFunction {
  value(u: Float64Array): number;
  gradient(u: Float64Array): Float64Array;
}

/** The largest value found, and what that took. */
export interface BoxMaximum {
  readonly value: number;
  readonly iterations: number;
  readonly gradients: number;
  readonly evaluations: number;
}

/**
 * Climbs inside the cube from its centre by projected L-BFGS: a lower bound of the maximum.
 *
 * Each iteration drops the coordinates that lie on a face and are pushed outwards, multiplies the rest of the gradient by the L-BFGS estimate, makes
 * the step sqrt(p) long (half the cube's diagonal) and projects it on the cube, halving it up to 20 times until the value rises by 1e-4 of what the gradient promises.
 * Where the gradient is exactly 0 at the centre, `fallback` gives the first direction. Stops when nothing rises, or after `iterations`.
 * Cost: a gradient an iteration, and a value for each step tried. Reference: Byrd, Lu, Nocedal & Zhu 1995 (L-BFGS-B, of which this is a simple relative).
 */
export function climbInCube(f: CubeFunction, fallback: Float64Array, iterations: number): BoxMaximum {
  const memory = lbfgsMemory();
  let u: Float64Array = new Float64Array(fallback.length);
  let value = f.value(u);
  let [evaluations, done] = [1, 0];
  // L-BFGS minimises: these are gradients of -f.
  let slope = negated(f.gradient(u));
  while (done < iterations) {
    const step = climb(f, u, value, slope, ascentDirection(memory.multiply(slope), slope, u, fallback));
    evaluations += step.evaluations;
    if (!step.next) break;
    const next = step.next;
    done++;
    const nextSlope = negated(f.gradient(next.u));
    memory.learn(
      next.u.map((x, i) => x - u[i]!),
      nextSlope.map((x, i) => x - slope[i]!),
    );
    [u, value, slope] = [next.u, next.value, nextSlope];
  }
  return { value, iterations: done, gradients: done + 1, evaluations };
}

const negated = (v: Float64Array): Float64Array => v.map((x) => -x);

/** The way up on the free coordinates, sqrt(p) long. */
function ascentDirection(newton: Float64Array, slope: Float64Array, u: Float64Array, fallback: Float64Array) {
  const isFree = (i: number) => Math.abs(u[i]!) < 1 || u[i]! * slope[i]! > 0;
  const gradient = slope.map((x, i) => (isFree(i) ? -x : 0));
  const quasiNewton = newton.map((x, i) => (isFree(i) ? -x : 0));
  const direction = dot(quasiNewton, gradient) > 0 ? quasiNewton : gradient;
  const length = norm(direction);
  if (length > 0) return direction.map((x) => (x * Math.sqrt(u.length)) / length);
  return u.every((x) => x === 0) ? fallback : direction;
}

function climb(f: CubeFunction, u: Float64Array, value: number, slope: Float64Array, direction: Float64Array) {
  if (direction.every((x) => x === 0)) return { next: undefined, evaluations: 0 };
  let evaluations = 0;
  for (let t = 1; evaluations < 20; t /= 2) {
    const next = u.map((x, i) => Math.max(-1, Math.min(1, x + t * direction[i]!)));
    const promised = slope.reduce((sum, x, i) => sum - x * (next[i]! - u[i]!), 0);
    const there = f.value(next);
    evaluations++;
    if (there > value && there >= value + 1e-4 * promised) return { next: { u: next, value: there }, evaluations };
  }
  return { next: undefined, evaluations };
}
