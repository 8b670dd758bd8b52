import { type Product, requirePositive } from '../numerics/vectors.js';
import { type ExtremeEigenvalues, extremeEigenvalues, type LanczosOptions } from './lanczos.js';

/**
 * Both ends of the spectrum of a preconditioned Hessian: what decides whether an adaptive optimizer is stable.
 *
 *     D^-1/2 H D^-1/2, which has the eigenvalues of D^-1 H;   for Adam D = sqrt(v / (1 - beta2^t)) + epsilon
 *
 * At the edge of stability lambdaMax of H hovers at 2 / learningRate under gradient descent, and lambdaMax of this
 * at (2 + 2 beta1) / ((1 - beta1) learningRate) under Adam: 38 / learningRate for beta1 = 0.9.
 * Shapes: diagonal [n]. Cost: as extremeEigenvalues. Reference: Cohen et al. 2021, 2022 (Adaptive gradient methods at
 * the edge of stability).
 * @throws RangeError if an element of the diagonal is not positive, or as extremeEigenvalues does
 */
export function preconditionedEigenvalues(
  product: Product,
  diagonal: Float64Array,
  options?: LanczosOptions,
): ExtremeEigenvalues {
  const factors = diagonal.map((value, i) => {
    requirePositive(`preconditionedEigenvalues: diagonal[${i}]`, value);
    return 1 / Math.sqrt(value);
  });
  const scaled: Product = (v) =>
    product(v.map((value, i) => value * factors[i]!)).map((value, i) => value * factors[i]!);
  return extremeEigenvalues(scaled, diagonal.length, options);
}
