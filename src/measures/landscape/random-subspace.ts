import type { Mt19937 } from '../../base/mt19937.js';
import { normalVector } from '../../base/normal-vector.js';
import { symmetricEigen } from '../numerics/symmetric-eigen.js';
import { dot, requireCount } from '../numerics/vectors.js';

/** A linear map A from p coordinates into n parameters. */
export interface Subspace {
  /** A z. Shapes: z [p], result [n]. */
  apply(z: Float64Array): Float64Array;
  /** A' x. Shapes: x [n], result [p]. */
  applyTransposed(x: Float64Array): Float64Array;
  /** A+ x = (A'A)^-1 A' x, the coordinates of what A spans of x. Shapes: x [n], result [p]. */
  coordinates(x: Float64Array): Float64Array;
}

/** All of the parameters' space: A is the identity. */
export const fullSpace: Subspace = {
  apply: (z) => z,
  applyTransposed: (x) => x,
  coordinates: (x) => x,
};

/**
 * A random subspace: columns of independent standard normal numbers, kept in float32.
 *
 * Shapes: columns p times [n]. Cost: p (p + 1) / 2 products of columns once, p of them for each use; 4 n p bytes.
 * @throws RangeError if p is not a whole number from 1 to n
 */
export function randomSubspace(rng: Mt19937, n: number, p: number): Subspace {
  requireCount('randomSubspace: dimension', p, 1);
  if (p > n) throw new RangeError(`randomSubspace: expected a dimension of at most ${n}, got ${p}`);
  const columns = Array.from({ length: p }, () => Float32Array.from(normalVector(rng, n)));
  const applyTransposed = (x: Float64Array) => Float64Array.from(columns, (column) => innerProduct(column, x));
  const { values, vectors } = symmetricEigen(gramOf(columns), p, { vectors: true });
  return {
    apply(z) {
      const result = new Float64Array(n);
      columns.forEach((column, k) => {
        for (let i = 0; i < n; i++) result[i]! += column[i]! * z[k]!;
      });
      return result;
    },
    applyTransposed,
    coordinates(x) {
      const right = applyTransposed(x);
      const result = new Float64Array(p);
      for (let i = 0; i < p; i++) {
        const row = vectors!.subarray(i * p, (i + 1) * p);
        const component = dot(row, right) / values[i]!;
        for (let k = 0; k < p; k++) result[k]! += component * row[k]!;
      }
      return result;
    },
  };
}

/** A'A. Shapes: columns p times [n], result [p][p]. */
function gramOf(columns: readonly Float32Array[]): Float64Array {
  const p = columns.length;
  const gram = new Float64Array(p * p);
  columns.forEach((column, i) => {
    for (let j = 0; j <= i; j++) {
      gram[i * p + j] = innerProduct(column, columns[j]!);
      gram[j * p + i] = gram[i * p + j]!;
    }
  });
  return gram;
}

function innerProduct(a: Float32Array, b: Float32Array | Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
