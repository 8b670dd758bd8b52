import { addScaled, addScaledThenDot, dot, norm, type Product, requireFinite } from '../numerics/vectors.js';

/** The projection of a symmetric matrix on a Krylov space: T = V A V'. Shapes: diagonal [k], offDiagonal [k - 1]. */
export interface KrylovTridiagonal {
  readonly diagonal: Float64Array;
  readonly offDiagonal: Float64Array;
  /** Size of the part of A v_k that lies outside the space. */
  readonly next: number;
}

/** A growing orthonormal basis of span(v, A v, A^2 v, ...). */
export interface KrylovSpace {
  steps(): number;
  /** Whether nothing is left outside: the space is invariant, and T's eigenvalues are A's. */
  isComplete(): boolean;
  /** One more dimension. @throws RangeError if the product is not finite */
  extend(): void;
  tridiagonal(): KrylovTridiagonal;
}

/**
 * Lanczos' three-term recurrence from a start vector, each new vector orthogonalised twice against all before it.
 *
 *     beta_k v_{k+1} = A v_k - alpha_k v_k - beta_{k-1} v_{k-1}
 *
 * Shapes: start [n]. Cost: a step takes one product and 4 k n multiply-adds. Reference: Lanczos 1950; Parlett 1980,
 * 13-7.
 */
export function krylovSpace(product: Product, start: Float64Array): KrylovSpace {
  const basis: Float64Array[] = [];
  const alphas: number[] = [];
  const betas: number[] = [];
  let [rest, size, largest] = [start, norm(start), 0];
  const isComplete = () =>
    basis.length === start.length || (basis.length > 0 && size <= start.length * 2 ** -52 * largest);
  return {
    steps: () => basis.length,
    isComplete,
    extend() {
      const length = size;
      const v = rest.map((value) => value / length);
      basis.push(v);
      rest = requireFinite('product in a Krylov space', product(v)).slice();
      alphas.push(dot(v, rest));
      orthogonalize(rest, [...basis, ...basis]);
      size = norm(rest);
      betas.push(size);
      largest = Math.max(largest, Math.abs(alphas.at(-1)!) + size);
    },
    tridiagonal: () => ({
      diagonal: Float64Array.from(alphas),
      offDiagonal: Float64Array.from(betas.slice(0, -1)),
      next: isComplete() ? 0 : size,
    }),
  };
}

/** Takes from a vector its part along each of some unit vectors, one after the other. */
function orthogonalize(vector: Float64Array, units: readonly Float64Array[]): void {
  const first = units[0]!;
  const last = units.at(-1)!;
  let part = dot(first, vector);
  for (let k = 1; k < units.length; k++) part = addScaledThenDot(vector, -part, units[k - 1]!, units[k]!);
  addScaled(vector, -part, last);
}
