import { lbfgsMemory } from '../numerics/lbfgs.js';
import { difference, norm } from '../numerics/vectors.js';

/** A function on the cube [-1, 1]^p. Shapes: u and gradient [p]. `u` is used again: keep a copy, not the array. */
export interface CubeFunction {
  value(u: Float64Array): number;
  gradient(u: Float64Array): Float64Array;
  /** The first direction where the gradient is exactly 0 at the centre. */
  fallback(): Float64Array;
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
 * Each iteration drops the coordinates that lie on a face and are pushed outwards, multiplies the rest of the gradient
 * by the L-BFGS estimate, makes the step sqrt(p) long (half the cube's diagonal) and projects it on the cube, halving
 * it up to 20 times until the value rises by 1e-4 of what the gradient promises. Stops when nothing rises, or after
 * `iterations`.
 * Cost: a gradient an iteration, and a value for each step tried. Reference: Byrd, Lu, Nocedal & Zhu 1995 (L-BFGS-B, of
 * which this is a simple relative).
 */
export function climbInCube(f: CubeFunction, p: number, iterations: number): BoxMaximum {
  const memory = lbfgsMemory();
  let [u, next] = [new Float64Array(p), new Float64Array(p)];
  let value = f.value(u);
  let gradient = f.gradient(u);
  let [evaluations, done] = [1, 0];
  while (done < iterations) {
    const step = climb(f, u, value, gradient, ascentDirection(memory.multiply(gradient), gradient, u, f), next);
    evaluations += step.evaluations;
    if (step.value === undefined) break;
    value = step.value;
    done++;
    const nextGradient = f.gradient(next);
    // L-BFGS minimises: what it learns from are gradients of -f.
    memory.learn(difference(next, u), difference(gradient, nextGradient));
    gradient = nextGradient;
    [u, next] = [next, u];
  }
  return { value, iterations: done, gradients: done + 1, evaluations };
}

/** The way up on the free coordinates, sqrt(p) long; written over `newton`, the L-BFGS estimate of it. */
function ascentDirection(newton: Float64Array, gradient: Float64Array, u: Float64Array, f: CubeFunction) {
  const p = u.length;
  const isFree = (i: number) => Math.abs(u[i]!) < 1 || u[i]! * gradient[i]! < 0;
  let agreement = 0;
  for (let i = 0; i < p; i++) if (isFree(i)) agreement += newton[i]! * gradient[i]!;
  const uphill = agreement > 0 ? newton : gradient;
  const direction = newton;
  for (let i = 0; i < p; i++) direction[i] = isFree(i) ? uphill[i]! : 0;
  const length = norm(direction);
  if (!(length > 0)) return u.every((x) => x === 0) ? f.fallback() : direction;
  const root = Math.sqrt(p);
  for (let i = 0; i < p; i++) direction[i] = (direction[i]! * root) / length;
  return direction;
}

/** Puts the first point that is high enough into `next` and returns its value; none where no step rises. */
function climb(
  f: CubeFunction,
  u: Float64Array,
  value: number,
  gradient: Float64Array,
  direction: Float64Array,
  next: Float64Array,
): { readonly value?: number; readonly evaluations: number } {
  if (direction.every((x) => x === 0)) return { evaluations: 0 };
  let evaluations = 0;
  for (let t = 1; evaluations < 20; t /= 2) {
    let promised = 0;
    for (let i = 0; i < u.length; i++) {
      next[i] = Math.max(-1, Math.min(1, u[i]! + t * direction[i]!));
      promised += gradient[i]! * (next[i]! - u[i]!);
    }
    const there = f.value(next);
    evaluations++;
    if (there > value && there >= value + 1e-4 * promised) return { value: there, evaluations };
  }
  return { evaluations };
}
