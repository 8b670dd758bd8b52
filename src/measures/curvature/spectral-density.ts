import { exp } from '../../base/math.js';
import { normalVector } from '../../base/normal-vector.js';
import { namedStream } from '../../base/streams.js';
import { tridiagonalEigen } from '../numerics/tridiagonal-eigen.js';
import { type Product, requireCount, requirePositive } from '../numerics/vectors.js';
import type { ProbeOptions } from './hutchinson.js';
import { krylovSpace } from './krylov-space.js';

/**
 * A smoothed density of eigenvalues.
 * Shapes: lambda and density [points]; nodes and weights [at most probes * steps].
 */
export interface SpectralDensity {
  readonly lambda: Float64Array;
  /** Integrates to 1. Unit: 1 / unit of lambda. */
  readonly density: Float64Array;
  /** The quadrature itself: sum_j w_j f(node_j) estimates tr f(A) / n; the weights sum to 1. */
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
  /** Standard deviation of the Gaussians. */
  readonly sigma: number;
  readonly products: number;
}

/** How a density is estimated and drawn. */
export interface DensityOptions extends ProbeOptions {
  /** Random start vectors. Default 10, at least 1. */
  readonly probes?: number;
  /** Lanczos steps a probe. Default 80, at most n. */
  readonly steps?: number;
  /** Points of the grid, which reaches 5 sigma beyond the nodes. Default 1,000. */
  readonly points?: number;
  /** Width of the Gaussians. Default 1 % of the nodes' range (or of the node, or 1, where the range is 0). */
  readonly sigma?: number;
}

/**
 * Spectral density by stochastic Lanczos quadrature, broadened by Gaussians.
 *
 *     phi(t) = 1/probes sum_v sum_k w_k N(t; theta_k, sigma^2),   w_k = (first component of T_v's k-th eigenvector)^2
 *
 * Shapes: n by n products. Cost: probes * steps products. Reference: Golub & Welsch 1969; Ghorbani, Krishnan & Xiao
 * 2019.
 * @throws RangeError if an option is out of range, or a product is not finite
 */
export function spectralDensity(
  product: Product,
  n: number,
  { probes = 10, steps = 80, points = 1000, sigma, seed = 1 }: DensityOptions = {},
): SpectralDensity {
  requireCount('spectralDensity: n', n, 1);
  requireCount('spectralDensity: probes', probes, 1);
  requireCount('spectralDensity: steps', steps, 1);
  requireCount('spectralDensity: points', points, 2);
  const rng = namedStream('measures/spectral-density', seed);
  const rules = Array.from({ length: probes }, () => quadrature(product, normalVector(rng, n), steps));
  const nodes = Float64Array.from(rules.flatMap((rule) => [...rule.values]));
  const weights = Float64Array.from(
    rules.flatMap((rule) => [...rule.vectors!].map((first) => (first * first) / probes)),
  );
  const width = sigma ?? defaultWidth(nodes);
  requirePositive('spectralDensity: sigma', width);
  return { ...broaden(nodes, weights, width, points), nodes, weights, sigma: width, products: nodes.length };
}

/** Gauss' rule of one start vector: nodes, and the first components of T's eigenvectors. */
function quadrature(product: Product, start: Float64Array, steps: number) {
  const space = krylovSpace(product, start);
  while (space.steps() < steps && !space.isComplete()) space.extend();
  const { diagonal, offDiagonal } = space.tridiagonal();
  return tridiagonalEigen(diagonal, offDiagonal, new Float64Array(diagonal.length).with(0, 1));
}

function defaultWidth(nodes: Float64Array): number {
  const [low, high] = rangeOf(nodes);
  return 0.01 * (high - low || Math.abs(high) || 1);
}

function broaden(nodes: Float64Array, weights: Float64Array, sigma: number, points: number) {
  const [low, high] = rangeOf(nodes);
  const [from, width] = [low - 5 * sigma, high - low + 10 * sigma];
  const lambda = Float64Array.from({ length: points }, (_, i) => from + (width * i) / (points - 1));
  const peak = 1 / (sigma * Math.sqrt(2 * Math.PI));
  const density = lambda.map((t) => {
    let sum = 0;
    for (let j = 0; j < nodes.length; j++) {
      const z = (t - nodes[j]!) / sigma;
      sum += weights[j]! * exp(-0.5 * z * z);
    }
    return peak * sum;
  });
  return { lambda, density };
}

function rangeOf(values: Float64Array): [number, number] {
  let [low, high] = [values[0]!, values[0]!];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return [low, high];
}
