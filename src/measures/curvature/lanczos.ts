import { normalVector } from '../../base/normal-vector.js';
import { namedStream } from '../../base/streams.js';
import { tridiagonalEigen } from '../numerics/tridiagonal-eigen.js';
import { type Product, requireCount, requirePositive } from '../numerics/vectors.js';
import { krylovSpace } from './krylov-space.js';

/** An approximate eigenvalue. */
export interface RitzValue {
  readonly value: number;
  /** |A y - value y| for its unit vector y: some eigenvalue lies no further away than this. */
  readonly residual: number;
}

/** Both ends of a spectrum. */
export interface ExtremeEigenvalues {
  readonly lambdaMin: RitzValue;
  readonly lambdaMax: RitzValue;
  /** All Ritz values, ascending; those inside the spectrum are rough. Shapes: [products]. */
  readonly ritzValues: Float64Array;
  readonly products: number;
  /** Whether the wanted ends met the tolerance. */
  readonly converged: boolean;
}

/** Which eigenvalues are wanted, and how well. */
export interface LanczosOptions {
  /** Which ends must meet the tolerance before it stops. Default both. */
  readonly ends?: 'both' | 'min' | 'max';
  /** Largest residual as a share of max |Ritz value|. Default 1e-6. */
  readonly tolerance?: number;
  /** Most products. Default 200. */
  readonly maxProducts?: number;
  /** Of the stream `measures/lanczos`, which draws the start vector. Default 1. */
  readonly seed?: number;
}

/**
 * The algebraically smallest and largest eigenvalue of a symmetric matrix by Lanczos with full reorthogonalisation.
 * (Power iteration would find the one of largest magnitude, whatever its sign.)
 *
 *     residual of a Ritz pair = beta_k |s_k|,   s_k: last component of T_k's eigenvector
 *
 * Shapes: n by n products. Cost: one product and 4 k n multiply-adds at step k; k vectors of n numbers in memory.
 * The wanted eigenvalue's error is at most the residual, and about residual^2 / gap. Reference: Lanczos 1950; Parlett
 * 1980, ch. 13.
 * @throws RangeError if n, maxProducts or tolerance is not positive, or a product is not finite
 */
export function extremeEigenvalues(
  product: Product,
  n: number,
  { ends = 'both', tolerance = 1e-6, maxProducts = 200, seed = 1 }: LanczosOptions = {},
): ExtremeEigenvalues {
  requireCount('extremeEigenvalues: n', n, 1);
  requireCount('extremeEigenvalues: maxProducts', maxProducts, 1);
  requirePositive('extremeEigenvalues: tolerance', tolerance);
  const space = krylovSpace(product, normalVector(namedStream('measures/lanczos', seed), n));
  const most = Math.min(n, maxProducts);
  for (;;) {
    // The small eigenproblem is solved less often as it grows.
    const until = Math.min(most, space.steps() + 1 + (space.steps() >> 3));
    while (space.steps() < until && !space.isComplete()) space.extend();
    const result = readEnds(space.tridiagonal(), ends, tolerance);
    if (result.converged || space.isComplete() || space.steps() === most) return result;
  }
}

function readEnds(
  { diagonal, offDiagonal, next }: ReturnType<ReturnType<typeof krylovSpace>['tridiagonal']>,
  ends: 'both' | 'min' | 'max',
  tolerance: number,
): ExtremeEigenvalues {
  const k = diagonal.length;
  const lastRow = new Float64Array(k).with(k - 1, 1);
  const { values, vectors } = tridiagonalEigen(diagonal, offDiagonal, lastRow);
  const ritz = (i: number): RitzValue => ({ value: values[i]!, residual: next * Math.abs(vectors![i]!) });
  const [lambdaMin, lambdaMax] = [ritz(0), ritz(k - 1)];
  const bound = tolerance * Math.max(Math.abs(lambdaMin.value), Math.abs(lambdaMax.value));
  const wanted = { both: [lambdaMin, lambdaMax], min: [lambdaMin], max: [lambdaMax] }[ends];
  return {
    lambdaMin,
    lambdaMax,
    ritzValues: values,
    products: k,
    converged: wanted.every(({ residual }) => residual <= bound),
  };
}
