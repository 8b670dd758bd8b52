import { UserError } from '../../base/errors.js';
import { type Product, requireFinite } from '../numerics/vectors.js';

/** Above this the matrix alone takes 128 MB and its eigenvalues minutes. */
const largestExact = 4000;

/** A dense symmetric matrix, row after row, made from products. Shapes: matrix [n][n]. */
export interface DenseMatrix {
  readonly matrix: Float64Array;
  readonly n: number;
  /** What symmetrising took away: max |A_ij - A_ji| / max |A_ij|, some units of roundoff for exact products. */
  readonly asymmetry: number;
}

/** Listens after each column: how many of how many are done. */
export type Progress = (done: number, of: number) => void;

/**
 * The matrix of a symmetric product, symmetrised as (A + A') / 2.
 *
 * Shapes: matrix [n][n]. Cost: n products.
 * @throws RangeError if a product is not finite
 */
export function denseMatrix(product: Product, n: number, onColumn?: Progress): DenseMatrix {
  const matrix = new Float64Array(n * n);
  const unit = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    unit[i] = 1;
    matrix.set(requireFinite(`column ${i} of a matrix of second derivatives`, product(unit)), i * n);
    unit[i] = 0;
    onColumn?.(i + 1, n);
  }
  return { matrix, n, asymmetry: symmetrize(matrix, n) };
}

/** @throws UserError that names what to use instead, if n is above the limit of dense matrices */
export function requireExactSize(where: string, n: number, instead: string): void {
  if (n > largestExact) {
    throw new UserError(
      `${where}: expected at most ${largestExact} parameters, got ${n}; use ${instead}, by products alone`,
    );
  }
}

function symmetrize(matrix: Float64Array, n: number): number {
  let [largest, difference] = [0, 0];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const [lower, upper] = [matrix[i * n + j]!, matrix[j * n + i]!];
      const mean = 0.5 * (lower + upper);
      matrix[i * n + j] = mean;
      matrix[j * n + i] = mean;
      largest = Math.max(largest, Math.abs(lower), Math.abs(upper));
      difference = Math.max(difference, Math.abs(lower - upper));
    }
  }
  return largest === 0 ? 0 : difference / largest;
}
